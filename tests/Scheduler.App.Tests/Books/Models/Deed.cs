using Scheduler.App.Access;

namespace Scheduler.App.Tests.Books.Models;

/// <summary>What somebody asked of a book, and what came of it.</summary>
/// <param name="Ask">The request.</param>
/// <param name="Answer">What was answered; null where it was refused.</param>
/// <param name="Code">The code of the refusal; null where it was done.</param>
/// <param name="Now">When, in wall time of the clinic.</param>
internal sealed record Deed(IAsk Ask, object? Answer, string? Code, NodaTime.LocalDateTime Now)
{
    public override string ToString() => $"{Now:MM'-'dd' 'HH':'mm} {Ask} -> {Code ?? "done"}";
}
