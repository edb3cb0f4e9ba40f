using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Tests.Diagnostics;

/// <summary>What is left out to be quick when names are compared changes no answer.</summary>
public sealed class NearMatchTests
{
    [Fact]
    public void The_name_with_the_fewest_edits_is_found_as_by_a_whole_table()
    {
        var found = 0;
        for (var seed = 0; seed < 3_000; seed++)
        {
            var chance = new Random(seed);
            var least = chance.Next(10) == 0 ? 40 : 1;
            string[] known = [.. Enumerable.Range(0, 6).Select(_ => Word(chance, "abcD-1éß", least + chance.Next(12)))];
            var asked = chance.Next(2) == 0 ? Word(chance, "abcd-1é", least + chance.Next(12)) : Spoilt(chance, known[chance.Next(6)]);

            var near = NearMatch.Find(asked, known);

            Assert.Equal(ByTable(asked, known), near);
            found += near is null ? 0 : 1;
        }

        Assert.InRange(found, 500, 2_900);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void No_name_is_looked_for_in_the_place_of_one_that_is_longer_than_any_would_be(int length, bool isFound)
    {
        var known = new string('a', length);

        var near = NearMatch.Find($"{known[1..]}b", [known]);

        Assert.Equal(isFound ? known : null, near);
    }

    private static string Word(Random chance, string letters, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => letters[chance.Next(letters.Length)]));

    private static string Spoilt(Random chance, string word)
    {
        var at = chance.Next(word.Length);
        return chance.Next(3) switch
        {
            0 => word.Remove(at, 1),
            1 => word.Insert(at, "x"),
            _ => word.Insert(at, word[^1..])[..word.Length],
        } is { Length: > 0 } spoilt ? spoilt : "x";
    }

    private static string? ByTable(string asked, string[] known)
    {
        var limit = Math.Max(1, asked.Length / 3);
        return known.Select(k => (Name: k, Edits: Edits(asked.ToLowerInvariant(), k.ToLowerInvariant())))
            .Where(k => k.Edits <= limit)
            .OrderBy(k => k.Edits)
            .FirstOrDefault().Name;
    }

    /// <summary>Optimal string alignment, every cell of it.</summary>
    private static int Edits(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                table[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(table[i - 1, j], table[i, j - 1]) + 1,
                    table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[a.Length, b.Length];
    }
}
