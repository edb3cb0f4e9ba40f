using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Scheduler.App;

/// <summary>What a use case answers: what was asked for, or why not. A refusal changes nothing.</summary>
/// <param name="Value">What was asked for; null where it is refused.</param>
/// <param name="Refusal">Why it is refused; null where it is done.</param>
public sealed record Answer<T>(T? Value, Refusal? Refusal) : IAnswer<Answer<T>>
    where T : class
{
    /// <summary>Whether it is done.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsDone => Refusal is null;

    /// <inheritdoc />
    public static Answer<T> Refused(Refusal refusal) => new(null, refusal);

    /// <summary>Done.</summary>
    public static implicit operator Answer<T>(T value) => new(value, null);

    /// <summary>Refused.</summary>
    public static implicit operator Answer<T>(Refusal refusal) => new(null, refusal);
}

/// <summary>An answer that can be a refusal, whatever else it is.</summary>
public interface IAnswer<out TSelf>
{
    /// <summary>The answer that refuses.</summary>
    static abstract TSelf Refused(Refusal refusal);
}

/// <summary>What kind of refusal it is: what whoever asked can do about it.</summary>
public enum RefusalKind
{
    /// <summary>Whoever asks may not.</summary>
    Forbidden,

    /// <summary>There is nothing of that name, or nothing that the actor may see.</summary>
    NotFound,

    /// <summary>What was given has mistakes.</summary>
    Mistaken,

    /// <summary>Somebody else was quicker: look again, and ask anew.</summary>
    Outdated,

    /// <summary>No calendar exists.</summary>
    Impossible,
}

/// <summary>Why something is not done. Made by <see cref="Refusals"/> only, so that a code has one wording; it holds no patient's data but ids.</summary>
/// <param name="Kind">What kind it is.</param>
/// <param name="Code">The stable code, such as <c>BK003</c>.</param>
/// <param name="Message">What is in the way, and what to do, in whole sentences.</param>
/// <param name="Details">More lines: the mistakes of a file, the rules that conflict.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Message, ImmutableArray<string> Details)
{
    /// <summary>The refusal in one line.</summary>
    public override string ToString() => $"{Code}: {Message}{(Details.IsEmpty ? "" : " " + string.Join(" ", Details))}";
}
