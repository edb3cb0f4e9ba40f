namespace Scheduler.Core;

/// <summary>Where a statement comes from: a publication, or an assumption with its reason.</summary>
/// <param name="Cites">A short reference, such as <c>methods</c> or <c>Sloan 2018</c>.</param>
/// <param name="Assumed">The reason, where the statement is the author's own choice because publications are silent.</param>
public sealed record Provenance(string? Cites, string? Assumed)
{
    /// <summary>Neither cited nor marked as assumed.</summary>
    public static Provenance None { get; } = new(null, null);
}
