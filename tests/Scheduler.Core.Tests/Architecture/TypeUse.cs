namespace Scheduler.Core.Tests.Architecture;

/// <summary>One type that the code of another mentions, directly or as part of what it mentions.</summary>
/// <param name="From">The full name of the type whose code it is; nested types and what the compiler makes of lambdas count as the outermost type.</param>
/// <param name="In">The member, or how the type mentions the other.</param>
/// <param name="To">The full name of the type mentioned, with <c>+</c> between a nested type and its outer one.</param>
/// <param name="Member">The member of <paramref name="To"/> that is called; null where the type alone is mentioned.</param>
/// <param name="IsOurs">Whether the type mentioned is of the same assembly.</param>
internal sealed record TypeUse(string From, string In, string To, string? Member, bool IsOurs);
