using MediatR;

namespace Scheduler.App.Access;

/// <summary>A request to the book. Who asks stands in each, and each says by <see cref="AllowedAttribute"/> who may.</summary>
public abstract record Ask<T> : IRequest<Answer<T>>, IAsk
    where T : class
{
    /// <inheritdoc />
    public required string As { get; init; }

    /// <inheritdoc />
    public required string Clinic { get; init; }
}

/// <summary>What every request says, whatever it asks.</summary>
public interface IAsk
{
    /// <summary>The account of whoever asks.</summary>
    string As { get; }

    /// <summary>The id of the clinic that it concerns; empty for what concerns all of them.</summary>
    string Clinic { get; }
}
