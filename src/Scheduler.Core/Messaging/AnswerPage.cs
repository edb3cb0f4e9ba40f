namespace Scheduler.Core.Messaging;

/// <summary>What the page says on which patients answer a message.</summary>
public sealed record AnswerPage
{
    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Which appointment is meant; its fields are <c>{when}</c> and <c>{clinic}</c>.</summary>
    public required Template Appointment { get; init; }

    /// <summary>What they say who will come.</summary>
    public required string Confirm { get; init; }

    /// <summary>What they say who will not come.</summary>
    public required string Decline { get; init; }

    /// <summary>What they say who want to be called.</summary>
    public required string CallMe { get; init; }

    /// <summary>What they are told who will come.</summary>
    public required string Confirmed { get; init; }

    /// <summary>What they are told who will not come.</summary>
    public required string Declined { get; init; }

    /// <summary>What they are told who want to be called.</summary>
    public required string ToBeCalled { get; init; }

    /// <summary>That they can call, too; the number stands behind it. Its field is <c>{clinic}</c>.</summary>
    public required Template OrCall { get; init; }

    /// <summary>That the message was answered otherwise before; its field is <c>{phone}</c>.</summary>
    public required Template Answered { get; init; }

    /// <summary>That the appointment is past, or has been changed since; its field is <c>{phone}</c>.</summary>
    public required Template Over { get; init; }

    /// <summary>That the answer could not be noted; its field is <c>{phone}</c>.</summary>
    public required Template NotNoted { get; init; }

    /// <summary>In English.</summary>
    public static AnswerPage English { get; } = new()
    {
        Title = "Your appointment",
        Appointment = new("{when}, at {clinic}."),
        Confirm = "I will come",
        Decline = "I cannot come",
        CallMe = "Please call me",
        Confirmed = "Thank you. The clinic knows that you will come.",
        Declined = "The clinic knows that you cannot come, and will be in touch.",
        ToBeCalled = "The clinic will call you.",
        OrCall = new("You can also call {clinic}:"),
        Answered = new("This message has been answered already. To say something else, please call {phone}."),
        Over = new("This appointment is past or has been changed since that message was sent. Look for a newer message, or call {phone}."),
        NotNoted = new("That could not be noted. Please call {phone}."),
    };
}
