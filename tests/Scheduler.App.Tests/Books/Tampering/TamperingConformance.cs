using Scheduler.App.Audit;
using Scheduler.App.Storage.Tables;
using Scheduler.App.Tests.Books.Races;
using Scheduler.App.Tests.Servers;

namespace Scheduler.App.Tests.Books.Tampering;

/// <summary>Whatever somebody does to a copy of the audit, it is found; where it was cut off or written anew from some entry on, by whoever kept a head.</summary>
public abstract class TamperingConformance
{
    internal abstract Task<TestBook> NewBook();

    [Fact]
    public async Task A_thousand_changes_of_a_chain_are_found()
    {
        await using var book = await NewBook();
        await new TalkClinic(Rooms: 1, Talks: 2).Open(book);
        var proposals = await TalkClinic.Wanted(book, Enumerable.Range(0, 20).Select(i => (IReadOnlyList<(int, NodaTime.LocalDateTime)>)[(1, TalkClinic.Start(i, 0)), (1, TalkClinic.Start(i + 20, 0))]));
        _ = await Race.Run(book.App, [.. proposals.Select(p => (p, p))], clients: 1);
        var chain = await book.Store.Read(b => b.Chain(TestBook.Clinic));
        var head = (chain[^1].Number, chain[^1].Hash);
        Assert.Equal(23, chain.Count);
        Assert.Null(AuditChain.FirstBroken(chain, head));

        var found = new Dictionary<string, int>();
        for (var seed = 0; seed < 1_000; seed++)
        {
            var (what, tampered, needsHead) = Tampered.With(chain, new Random(seed));
            Assert.False(chain.SequenceEqual(tampered), $"seed {seed}: {what} changed nothing");
            Assert.True(AuditChain.FirstBroken(tampered, head) is not null, $"seed {seed}: {what} was not found");
            Assert.True(needsHead || AuditChain.FirstBroken(tampered) is not null, $"seed {seed}: {what} was not found without a head");
            found[what] = found.GetValueOrDefault(what) + 1;
        }

        Assert.All(Tampered.Ways, way => Assert.True(found[way] > 50, $"{way} {found[way]}"));
    }
}

/// <summary>Chains that somebody has changed.</summary>
internal static class Tampered
{
    public static readonly IReadOnlyList<string> Ways = ["edit", "delete", "swap", "insert", "truncate", "edit and write anew", "insert and write anew", "delete and write anew"];

    /// <summary>One change of a chain: in which way, what came of it, and whether only a head can tell.</summary>
    public static (string Way, IReadOnlyList<AuditLink> Chain, bool NeedsHead) With(IReadOnlyList<AuditLink> chain, Random random)
    {
        var way = Ways[random.Next(Ways.Count)];
        var (copy, at) = (chain.ToList(), random.Next(chain.Count));
        switch (way.Split(' ')[0])
        {
            case "edit":
                // Numbers and hashes that are edited are what is written anew.
                copy[at] = Edited(copy[at], random.Next(way == "edit" ? 10 : 7), random);
                break;
            case "delete":
                // The last one's going is a truncation.
                copy.RemoveAt(way == "delete" ? at = random.Next(chain.Count - 1) : at);
                break;
            case "swap":
                var other = (at + 1 + random.Next(chain.Count - 1)) % chain.Count;
                (copy[at], copy[other]) = random.Next(2) == 0 ? (copy[other], copy[at]) : (copy[at] with { Entry = copy[other].Entry, At = copy[other].At }, copy[other] with { Entry = copy[at].Entry, At = copy[at].At });
                if (copy.SequenceEqual(chain))
                {
                    return With(chain, random);
                }

                break;
            case "insert":
                // What is as another was, and fits behind the end, would be an entry like any other.
                copy.Insert(at, way == "insert" && random.Next(2) == 0 ? copy[random.Next(chain.Count)] : Edited(copy[at], random.Next(7), random));
                break;
            default:
                copy.RemoveRange(at, chain.Count - at);
                break;
        }

        return (way, way.EndsWith("anew", StringComparison.Ordinal) ? Anew(copy, at) : copy, way is "truncate" || way.EndsWith("anew", StringComparison.Ordinal));
    }

    /// <summary>Another value in one of the columns.</summary>
    private static AuditLink Edited(AuditLink link, int column, Random random) => column switch
    {
        0 => link with { At = link.At + 1 + random.Next(100) },
        1 => link with { Entry = link.Entry with { Actor = link.Entry.Actor + "x" } },
        2 => link with { Entry = link.Entry with { Act = link.Entry.Act + "ed" } },
        3 => link with { Entry = link.Entry with { Subject = "E-99" + link.Entry.Subject } },
        4 => link with { Entry = link.Entry with { Before = link.Entry.Before + " " } },
        5 => link with { Entry = link.Entry with { After = link.Entry.After + " " } },
        6 => link with { Entry = link.Entry with { Why = link.Entry.Why + "because" } },
        7 => link with { Previous = Flipped(link.Previous, random) },
        8 => link with { Hash = Flipped(link.Hash, random) },
        _ => link with { Number = link.Number + 1 + random.Next(3) },
    };

    private static string Flipped(string hash, Random random)
    {
        var at = random.Next(Math.Max(1, hash.Length));
        return hash.Length == 0 ? "0" : hash[..at] + (hash[at] == '0' ? '1' : '0') + hash[(at + 1)..];
    }

    /// <summary>From a place on with numbers and hashes that fit, as somebody would who knows how they are made.</summary>
    private static List<AuditLink> Anew(List<AuditLink> chain, int from)
    {
        for (var i = from; i < chain.Count; i++)
        {
            var previous = i == 0 ? "" : chain[i - 1].Hash;
            chain[i] = chain[i] with { Number = i + 1, Previous = previous, Hash = AuditChain.Hash(i + 1, chain[i].At, chain[i].Entry, previous) };
        }

        return chain;
    }
}

public sealed class SqliteTamperingTests : TamperingConformance, IDisposable
{
    private readonly SqliteBooks books = new();

    public void Dispose() => books.Dispose();

    internal override Task<TestBook> NewBook() => books.NewBook();
}

[Collection(PostgresCollection.Name)]
public sealed class PostgresTamperingTests(SharedPostgres postgres) : TamperingConformance
{
    internal override Task<TestBook> NewBook() => PostgresBooks.NewBook(postgres);
}
