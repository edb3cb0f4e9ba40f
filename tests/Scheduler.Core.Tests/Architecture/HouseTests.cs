using System.Collections.Immutable;
using Scheduler.Core.Planning;

namespace Scheduler.Core.Tests.Architecture;

/// <summary>The folders of the core see each other only along the arrows of the house, and the world not at all.</summary>
public sealed class HouseTests
{
    private static readonly string Fixtures = $"{typeof(HouseTests).Namespace}.Fixtures";

    [Fact]
    public void No_type_of_the_core_sees_a_room_or_a_part_of_the_world_that_it_must_not() =>
        AssertNone(House.Core.Breaches(AssemblyUses.Of(typeof(Planner).Assembly.Location)));

    [Fact]
    public void No_file_of_the_core_uses_a_namespace_that_its_room_must_not_see()
    {
        // Constants are copied where they are used, so that only the source tells where they came from.
        var breaches = Sources.All.Where(s => s.Folder.StartsWith(House.Core.Root, StringComparison.Ordinal)).SelectMany(UsingBreaches);

        AssertNone(breaches);
    }

    [Fact]
    public void Every_folder_of_the_core_is_a_room_of_the_house()
    {
        var folders = Sources.All.Select(s => s.Folder.Split('.')).Where(f => f is ["Scheduler", "Core", ..] and { Length: > 2 }).Select(f => f[2]).Distinct();

        Assert.Equal([], folders.Except(House.Folders));
    }

    [Theory]
    [InlineData("Protocols.Broken.InMethodBody -> Clinics.Chair: 'Protocols' may not see 'Clinics'")]
    [InlineData("Protocols.Broken.InGenericArgument -> Clinics.Chair: 'Protocols' may not see 'Clinics'")]
    [InlineData("Protocols.Broken.<InClosure>b__0 -> Clinics.Chair: 'Protocols' may not see 'Clinics'")]
    [InlineData("Protocols.Broken.MoveNext -> Clinics.Chair: 'Protocols' may not see 'Clinics'")]
    [InlineData("Protocols.BrokenField.chairs -> Clinics.Chair: 'Protocols' may not see 'Clinics'")]
    [InlineData("Protocols.BrokenSignature.Of -> Clinics.Chair: 'Protocols' may not see 'Clinics'")]
    [InlineData("Protocols.BrokenBase.its declaration -> Clinics.Chair: 'Protocols' may not see 'Clinics'")]
    [InlineData("Protocols.BrokenConstraint`1.its declaration -> Clinics.Chair: 'Protocols' may not see 'Clinics'")]
    [InlineData("Protocols.BrokenAttribute.its declaration -> Clinics.ChairAttribute: 'Protocols' may not see 'Clinics'")]
    [InlineData("Protocols.BrokenTypeOf.its declaration -> Clinics.Chair: 'Protocols' may not see 'Clinics'")]
    [InlineData("Protocols.BrokenCatch.Try -> Clinics.ChairTaken: 'Protocols' may not see 'Clinics'")]
    [InlineData("Planning.Search.BrokenByRule.KnowsOne -> Protocols.Rule+Order: the search knows no rule")]
    [InlineData("Planning.Search.BrokenByRoom.Asks -> Planning.Rules.OrderRule: 'Planning.Search' may not see 'Planning.Rules'")]
    [InlineData("Planning.Verification.Laws.Broken.Asks -> Planning.Search.Found: 'Planning.Verification' may not see 'Planning.Search'")]
    [InlineData("Planning.BrokenClock.Now -> NodaTime.SystemClock: no part of the world that the core may see")]
    [InlineData("Planning.BrokenClock.Today -> System.DateTime.get_Today: no part of the world that the core may see")]
    [InlineData("Formats.BrokenFile.Read -> System.IO.File.ReadAllText: no part of the world that the core may see")]
    [InlineData("Scheduler.Core.Tests.Architecture.Fixtures.Attic.Box lives in no known room")]
    public void A_type_that_breaks_an_arrow_is_found(string breach) => Assert.Contains(breach, FixtureBreaches());

    [Fact]
    public void Types_that_keep_to_the_arrows_pass() =>
        Assert.DoesNotContain(FixtureBreaches(), b => b.Contains("Kept", StringComparison.Ordinal) || b.StartsWith("Clinics.", StringComparison.Ordinal));

    [Fact]
    public void A_using_directive_that_breaks_an_arrow_is_found()
    {
        var file = new Sources("Scheduler.Core/Clinics/X.cs", "using System.IO;\nusing Scheduler.Core.Diagnostics;\nusing static Scheduler.Core.Protocols.Rule;\n\nnamespace Scheduler.Core.Clinics;\n");

        Assert.Equal(["Scheduler.Core/Clinics/X.cs uses Scheduler.Core.Protocols.Rule"], UsingBreaches(file));
    }

    /// <summary>Fails with all lines in full, where xunit would cut them short.</summary>
    private static void AssertNone(IEnumerable<string> breaches) => Assert.False(breaches.Any(), string.Join('\n', breaches));

    private static ImmutableArray<string> FixtureBreaches() =>
        new House(Fixtures).Breaches(AssemblyUses.Of(typeof(HouseTests).Assembly.Location).Where(u => u.From.StartsWith(Fixtures, StringComparison.Ordinal)));

    private static IEnumerable<string> UsingBreaches(Sources file) =>
        from used in file.Usings
        where used.StartsWith($"{House.Core.Root}.", StringComparison.Ordinal)
        let room = House.Core.RoomOf($"{file.Folder}.{Path.GetFileNameWithoutExtension(file.Path)}")
        let to = House.Core.RoomOf(used)
        where room is null || to is null || !House.Allows(room, to)
        select $"{file.Path} uses {used}";
}
