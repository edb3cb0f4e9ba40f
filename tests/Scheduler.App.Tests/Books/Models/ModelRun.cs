using System.Collections.Concurrent;
using System.Text.Json;
using Scheduler.App.Audit;
using Scheduler.App.Enrolments;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Tests.Books.Models;

/// <summary>Operations in a book, and beside it in the model.</summary>
internal static class ModelRun
{
    private const int Workers = 8;

    /// <summary>How many operations the workers do before all of them wait, and time passes: a reservation ends for all of them, or for none.</summary>
    private const int AtOnce = 40;

    /// <summary>One after the other; each answer is held against the model's, and what stands in the book at the end. What went otherwise first, or nothing.</summary>
    /// <param name="book">An empty book.</param>
    /// <param name="operations">What is done.</param>
    /// <param name="tally">Counts what was answered.</param>
    public static async Task<string?> Serial(TestBook book, IEnumerable<Operation> operations, ConcurrentDictionary<string, int> tally)
    {
        await ModelClinic.Open(book, []);
        var (doer, model) = (new Doer(book), new BookModel(isSerial: true));
        foreach (var operation in operations)
        {
            if (await doer.Do(operation, "root") is { } deed)
            {
                Count(tally, deed);
                if (model.Take(deed) is { } wrong)
                {
                    return wrong;
                }
            }
        }

        return await End(book, model, withProposals: true);
    }

    /// <summary>
    /// By several at once. What was done must be possible in the order of the audit, which is the order in which it was kept, and must leave in the book what it leaves in the model.
    /// </summary>
    /// <param name="book">An empty book.</param>
    /// <param name="operations">What is done.</param>
    /// <param name="tally">Counts what was answered.</param>
    public static async Task<string?> AtRandom(TestBook book, IReadOnlyList<Operation> operations, ConcurrentDictionary<string, int> tally)
    {
        // Each has an account of its own, so that the audit tells which it was.
        await ModelClinic.Open(book, Enumerable.Range(0, operations.Count).Select(Account));
        var (doer, deeds) = (new Doer(book), new ConcurrentDictionary<string, Deed>());
        foreach (var some in operations.Index().Chunk(AtOnce))
        {
            var waiting = new ConcurrentQueue<(int Index, Operation Item)>(some.Where(o => o.Item is not Operation.Pass));
            await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
            {
                while (waiting.TryDequeue(out var next))
                {
                    if (await doer.Do(next.Item, Account(next.Index)) is { } deed)
                    {
                        Count(tally, deed);
                        deeds[Account(next.Index)] = deed;
                    }
                }
            })));
            foreach (var pass in some.Where(o => o.Item is Operation.Pass))
            {
                _ = await doer.Do(pass.Item, "");
            }
        }

        return await Replayed(book, deeds);
    }

    private static async Task<string?> Replayed(TestBook book, ConcurrentDictionary<string, Deed> deeds)
    {
        var model = new BookModel(isSerial: false);
        var seen = new HashSet<string>();
        foreach (var entry in (await book.Store.Read(b => b.Chain(TestBook.Clinic))).Select(l => l.Entry))
        {
            // Each offer is kept by itself; what else is done is noted at once, in one entry or in several.
            if (deeds.TryGetValue(entry.Actor, out var deed) && (deed.Ask is OfferFree || seen.Add(entry.Actor)) && model.Take(deed.Ask is OfferFree ? Only(deed, entry) : deed) is { } wrong)
            {
                return wrong;
            }
        }

        return await End(book, model, withProposals: false);
    }

    private static Deed Only(Deed deed, AuditEntry offer)
    {
        var id = JsonDocument.Parse(offer.After).RootElement.GetProperty("proposal").GetString();
        return deed with { Answer = new Offers([.. ((Offers)deed.Answer!).All.Where(o => o.Proposals[0].Proposal == id)]) };
    }

    private static async Task<string?> End(TestBook book, BookModel model, bool withProposals)
    {
        var should = Numbered(model.Lines(book.Clock.Now.InZone(ModelClinic.Zone).LocalDateTime));
        var stands = Numbered(await BookLines.Of(book, withProposals));
        var wrong = stands.Except(should).Select(l => $"must not stand in the book: {l}")
            .Concat(should.Except(stands).Select(l => $"must stand in the book: {l}"))
            .Concat(await BookLines.BrokenAt(book) is { } broken ? [$"the audit is broken at {broken}"] : [])
            .ToList();
        return wrong.Count == 0 ? null : string.Join('\n', wrong.Order(StringComparer.Ordinal));
    }

    /// <summary>Each line once: one that stands there twice has a number behind it.</summary>
    private static HashSet<string> Numbered(IEnumerable<string> lines) => [.. lines.GroupBy(l => l).SelectMany(g => g.Select((l, i) => i == 0 ? l : $"{l} ({i + 1})"))];

    private static string Account(int index) => $"worker {index}";

    private static void Count(ConcurrentDictionary<string, int> tally, Deed deed) => tally.AddOrUpdate($"{deed.Ask.GetType().Name} {deed.Code ?? "done"}", 1, (_, n) => n + 1);
}
