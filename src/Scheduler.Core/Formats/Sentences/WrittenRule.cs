using System.Collections.Immutable;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Sentences;

/// <summary>A rule as its author wrote it, which the compiler may have taken apart: a window of several visits that each have a target of their own.</summary>
/// <param name="Parts">What the compiler made of it: at least one, all of one kind, with one head.</param>
internal sealed record WrittenRule(ImmutableArray<Rule> Parts)
{
    /// <summary>The id in the file.</summary>
    public string Id => Head.Id;

    /// <summary>Its reason and provenance.</summary>
    public RuleHead Head => Parts[0].Head;

    /// <summary>The rules of a protocol in the order of the file.</summary>
    public static ImmutableArray<WrittenRule> Of(Protocol protocol) => [.. protocol.Rules.GroupBy(r => r.Head.Id).Select(g => new WrittenRule([.. g]))];
}
