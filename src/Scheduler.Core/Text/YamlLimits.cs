namespace Scheduler.Core.Text;

/// <summary>
/// How much YAML is read at all. Real files stay far below; what exceeds them is refused before anything is built from it,
/// so that no text can exhaust the stack or the memory of the process.
/// </summary>
/// <param name="Characters">Characters of text in all.</param>
/// <param name="Depth">Mappings and lists inside each other.</param>
/// <param name="Events">Keys, values, starts and ends in all.</param>
/// <param name="ScalarCharacters">Characters of one value.</param>
public sealed record YamlLimits(int Characters, int Depth, int Events, int ScalarCharacters)
{
    /// <summary>256 Ki characters, depth 32, 50,000 events, 16 Ki characters a value.</summary>
    public static YamlLimits Default { get; } = new(256 * 1024, 32, 50_000, 16 * 1024);
}
