using System.Collections.Immutable;

namespace Scheduler.Core.Tests.Architecture;

/// <summary>
/// The rooms of the core and the arrows between them. A room is a folder, or a single type that sees more than its folder does;
/// a type lives in the room with the longest name that fits it. What no arrow allows is a breach.
/// </summary>
/// <param name="Root">The namespace of the house.</param>
internal sealed record House(string Root)
{
    /// <summary>The words that every room uses, in the folder of the project itself: values such as <c>Use</c>, which see nothing.</summary>
    private const string Words = "";

    /// <summary>The rooms, each with the rooms that it may see besides itself and <see cref="Words"/>.</summary>
    private static readonly ImmutableSortedDictionary<string, string[]> Arrows = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [Words] = [],
        ["Diagnostics"] = [],
        ["Text"] = ["Diagnostics"],
        // What both sides say to patients: below them, since they do not know each other.
        ["Messaging"] = ["Text", "Diagnostics"],
        ["Protocols"] = ["Messaging", "Text", "Diagnostics"],
        ["Clinics"] = ["Messaging", "Text", "Diagnostics"],
        // Here the rooms of planning come together. The planner is told apart, so that the search, the rules and the judge cannot ask it.
        ["Planning"] = ["Planning.Planner", "Planning.Explanation", "Planning.Verification", "Planning.Rules", "Planning.Search", "Protocols", "Clinics", "Diagnostics"],
        ["Planning.Planner"] = ["Planning", "Planning.Explanation", "Planning.Verification", "Planning.Rules", "Planning.Search", "Protocols", "Clinics", "Diagnostics"],
        ["Planning.Search"] = ["Planning", "Protocols", "Clinics"],
        ["Planning.Rules"] = ["Planning.Search", "Planning", "Protocols", "Clinics"],
        // An explanation plans again with something left out, and asks the judge what a calendar costs.
        ["Planning.Explanation"] = ["Planning.Planner", "Planning.Verification", "Planning.Rules", "Planning.Search", "Planning", "Protocols", "Clinics"],
        ["Planning.Verification"] = ["Planning", "Protocols", "Clinics"],
        ["Courses"] = ["Planning.Planner", "Planning.Explanation", "Planning.Verification", "Planning", "Protocols", "Clinics", "Text", "Diagnostics"],
        ["Formats"] = ["Courses", "Planning.Planner", "Planning.Explanation", "Planning.Verification", "Planning.Rules", "Planning.Search", "Planning", "Clinics", "Protocols", "Messaging", "Text", "Diagnostics"],
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>What the core uses of the world: values, text and arithmetic. A new namespace belongs here if it reads no clock, file, network or environment.</summary>
    private static readonly ImmutableHashSet<string> World = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "System", "System.Buffers", "System.Collections", "System.Collections.Frozen", "System.Collections.Generic", "System.Collections.Immutable",
        "System.Collections.ObjectModel",
        "System.Diagnostics.CodeAnalysis", "System.Globalization", "System.Linq", "System.Numerics", "System.Reflection", "System.Runtime.CompilerServices",
        "System.Runtime.InteropServices", "System.Runtime.Versioning", "System.Text", "System.Text.Encodings.Web", "System.Text.Json",
        "System.Text.RegularExpressions", "System.Text.Unicode", "NodaTime", "NodaTime.Text", "NodaTime.TimeZones", "NodaTime.Calendars",
        "YamlDotNet.Core", "YamlDotNet.Core.Events", "YamlDotNet.Core.Tokens");

    /// <summary>What the compiler puts into every iterator.</summary>
    private const string IteratorThread = "System.Environment.get_CurrentManagedThreadId";

    /// <summary>Types in other namespaces that are as harmless: text in memory, and what the compiler leaves in a debug build.</summary>
    private static readonly ImmutableHashSet<string> HarmlessTypes = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "System.IO.TextReader", "System.IO.TextWriter", "System.IO.StringReader", "System.IO.StringWriter", "System.IO.Stream", "System.IO.MemoryStream",
        "System.Diagnostics.DebuggableAttribute", "System.Diagnostics.DebuggableAttribute+DebuggingModes", "System.Diagnostics.DebuggerBrowsableAttribute",
        "System.Diagnostics.DebuggerBrowsableState", "System.Diagnostics.DebuggerDisplayAttribute", "System.Diagnostics.DebuggerHiddenAttribute",
        "System.Diagnostics.DebuggerStepThroughAttribute", "System.Diagnostics.StackTraceHiddenAttribute", "System.Diagnostics.UnreachableException");

    /// <summary>Clocks, chance and surroundings that hide in namespaces of values.</summary>
    private static readonly ImmutableHashSet<string> Refused = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "NodaTime.IClock", "NodaTime.SystemClock", "NodaTime.ZonedClock", "System.TimeProvider", "System.TimeZoneInfo", "System.Environment", "System.Console",
        "System.Random", "System.AppContext", "System.AppDomain", "System.Reflection.Assembly", "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.Guid.NewGuid", "System.Guid.CreateVersion7");

    /// <summary>The top-level folders that the house has a room for.</summary>
    public static ImmutableArray<string> Folders => [.. Arrows.Keys.Where(r => r != Words).Select(r => r.Split('.')[0]).Distinct()];

    /// <summary>The house as planned.</summary>
    public static House Core { get; } = new("Scheduler.Core");

    /// <summary>The room of a type; null where the house has none for it.</summary>
    public string? RoomOf(string type)
    {
        if (!type.StartsWith($"{Root}.", StringComparison.Ordinal))
        {
            return null;
        }

        var inside = type[(Root.Length + 1)..].Split('+')[0].Split('`')[0];
        var room = Arrows.Keys.Where(r => inside == r || inside.StartsWith($"{r}.", StringComparison.Ordinal)).MaxBy(r => r.Length);
        return room ?? (inside.Contains('.', StringComparison.Ordinal) ? null : Words);
    }

    /// <summary>Whether code in a room may name something in another.</summary>
    public static bool Allows(string from, string to) => from == to || to == Words || Arrows[from].Contains(to);

    /// <summary>What is wrong with these uses, one line for each, in a fixed order.</summary>
    public ImmutableArray<string> Breaches(IEnumerable<TypeUse> uses) =>
        [.. uses.Select(Breach).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    private string? Breach(TypeUse use)
    {
        var line = $"{Short(use.From)}.{use.In} -> {Short(use.To)}";
        if (RoomOf(use.From) is not { } from)
        {
            return $"{use.From} lives in no known room";
        }

        if (!use.IsOurs)
        {
            return IsHarmless(use) ? null : $"{line}{(use.Member is null ? "" : $".{use.Member}")}: no part of the world that the core may see";
        }

        if (RoomOf(use.To) is not { } to)
        {
            return $"{use.To} lives in no known room";
        }

        return !Allows(from, to) ? $"{line}: '{from}' may not see '{to}'"
            : from == "Planning.Search" && use.To.StartsWith($"{Root}.Protocols.Rule+", StringComparison.Ordinal) ? $"{line}: the search knows no rule"
            : null;
    }

    private static bool IsHarmless(TypeUse use)
    {
        var outermost = use.To.Split('+')[0];
        var space = outermost.Contains('.', StringComparison.Ordinal) ? outermost[..outermost.LastIndexOf('.')] : "";
        return (World.Contains(space) || HarmlessTypes.Contains(use.To))
            && !Refused.Contains($"{use.To}.{use.Member}")
            && (!Refused.Contains(outermost) || $"{use.To}.{use.Member}" == IteratorThread);
    }

    private string Short(string type) => type.StartsWith($"{Root}.", StringComparison.Ordinal) ? type[(Root.Length + 1)..] : type;
}
