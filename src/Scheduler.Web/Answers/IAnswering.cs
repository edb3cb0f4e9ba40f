using Scheduler.App;
using Scheduler.App.Reminders;

namespace Scheduler.Web.Answers;

/// <summary>What a patient is asked by a link in a message, and what they say. A link is a token, and whoever has it is the patient.</summary>
public interface IAnswering
{
    /// <summary>Who reads the page behind a link; null where there is no such link.</summary>
    Task<PageReader?> Reader(string token, CancellationToken cancel);

    /// <summary>What a link asks; it changes nothing. Not found where there is no such link, outdated where it is not open any more.</summary>
    Task<Answer<Asked>> Show(string token, CancellationToken cancel);

    /// <summary>Says something to a link, once. Refused as <see cref="Show"/> is, and where that reply is not open.</summary>
    Task<Answer<Asked>> Say(string token, Reply reply, CancellationToken cancel);
}

/// <summary>What the book knows of it.</summary>
/// <param name="answering">Takes the answers.</param>
public sealed class BookAnswers(Answering answering) : IAnswering
{
    /// <inheritdoc />
    public Task<PageReader?> Reader(string token, CancellationToken cancel) => answering.Reader(token, cancel);

    /// <inheritdoc />
    public Task<Answer<Asked>> Show(string token, CancellationToken cancel) => answering.Show(token, cancel);

    /// <inheritdoc />
    public Task<Answer<Asked>> Say(string token, Reply reply, CancellationToken cancel) => answering.Say(token, reply, cancel);
}

/// <summary>Nobody is asked anything.</summary>
internal sealed class NothingAsked : IAnswering
{
    /// <inheritdoc />
    public Task<PageReader?> Reader(string token, CancellationToken cancel) => Task.FromResult<PageReader?>(null);

    /// <inheritdoc />
    public Task<Answer<Asked>> Show(string token, CancellationToken cancel) => Task.FromResult<Answer<Asked>>(Refusals.NoSuchLink());

    /// <inheritdoc />
    public Task<Answer<Asked>> Say(string token, Reply reply, CancellationToken cancel) => Show(token, cancel);
}
