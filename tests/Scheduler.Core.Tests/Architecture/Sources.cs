using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Scheduler.Core.Tests.Architecture;

/// <summary>What the C# files under src say of themselves: their folder, namespace, the namespaces that they use, the types that they declare.</summary>
/// <param name="Path">The path below src, with forward slashes.</param>
/// <param name="Text">The text.</param>
internal sealed partial record Sources(string Path, string Text)
{
    /// <summary>The files of all projects.</summary>
    public static ImmutableArray<Sources> All { get; } = Read();

    /// <summary>The folder with dots, which is also the namespace.</summary>
    public string Folder => Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.LastIndexOf('/')].Replace('/', '.') : "";

    /// <summary>The namespace; empty for a file of top-level statements.</summary>
    public string Namespace => NamespaceLine().Match(Text).Groups["name"].Value;

    /// <summary>The namespaces and types that using directives name.</summary>
    public IEnumerable<string> Usings => UsingLine().Matches(Text).Select(m => m.Groups["name"].Value);

    /// <summary>The names of the types declared.</summary>
    public IEnumerable<string> Types => TypeLine().Matches(Text).Select(m => m.Groups["name"].Value);

    private static ImmutableArray<Sources> Read()
    {
        var src = System.IO.Path.Combine(Repository.Root, "src");
        return
        [
            .. Directory.EnumerateFiles(src, "*.cs", SearchOption.AllDirectories)
                .Select(f => (File: f, Below: System.IO.Path.GetRelativePath(src, f).Replace('\\', '/')))
                .Where(f => !f.Below.Split('/').Any(part => part is "bin" or "obj"))
                .OrderBy(f => f.Below, StringComparer.Ordinal)
                .Select(f => new Sources(f.Below, File.ReadAllText(f.File).ReplaceLineEndings("\n"))),
        ];
    }

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^(global\s+)?using\s+(static\s+)?(\w+\s*=\s*)?(?<name>[\w.]+)[^(]*?;", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UsingLine();

    [GeneratedRegex(
        @"^[ \t]*(\[[^\]\n]*\]\s*)?((public|internal|private|protected|file|static|sealed|abstract|partial|readonly|ref|unsafe|new)\s+)*((class|struct|interface|enum|record(\s+(class|struct))?)|delegate\s+[^\s(]+([^\S\n]+[^\s(]+)*?)\s+(?<name>\w+)(?=\s*[<({:;\n])",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TypeLine();
}
