using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>Binds names to what they name; reports those that name nothing.</summary>
/// <param name="types">The visit types that have no mistake.</param>
/// <param name="declared">All visit types that were written: a use of a faulty one is no second mistake.</param>
/// <param name="needs">All people and places that were written, by visit type, for the same reason.</param>
/// <param name="bag">Receives the mistakes.</param>
internal sealed class Names(
    ImmutableArray<VisitType> types, ImmutableArray<string> declared, IReadOnlyDictionary<string, ImmutableArray<string>> needs, DiagnosticBag bag)
{
    private readonly Dictionary<string, VisitType> byId = types.DistinctBy(t => t.Id).ToDictionary(t => t.Id, StringComparer.Ordinal);
    private readonly HashSet<string> written = new(declared, StringComparer.Ordinal);
    private readonly string[] noIds = [.. declared.Where(d => !Scalars.Id.TryParse(d, out _))];

    /// <summary>Receives the mistakes.</summary>
    public DiagnosticBag Bag => bag;

    /// <summary>The visit types.</summary>
    public ImmutableArray<VisitType> Types => types;

    /// <summary>The conditions, as written.</summary>
    public ImmutableArray<string> Conditions { get; init; } = [];

    /// <summary>The condition that a window counts from, by the place of its rule: its visits are found when all rules are read.</summary>
    public Dictionary<SourceSpan, Located<string>> CountedFrom { get; } = [];

    /// <summary>
    /// Whether a name was declared as written, or is what a declared one is meant to be that is no id: <c>PE</c>, when <c>pe</c> is asked
    /// for. That one has been reported, and its uses are no further mistakes.
    /// </summary>
    public static bool IsWritten(string name, ImmutableArray<string> declared) =>
        declared.Contains(name) || NearMatch.Find(name, declared.Where(d => !Scalars.Id.TryParse(d, out _))) is not null;

    /// <summary>The visit type with an id; null where there is none.</summary>
    public VisitType? Type(string id) => byId.GetValueOrDefault(id);

    /// <summary>The visits that selectors name, in the order of writing; null where one names nothing.</summary>
    public ImmutableArray<VisitId>? Visits(Located<SelectorList> group) => Visits(group.Value, group.Span);

    /// <summary>The visits that selectors at a place name, each once; null where one names nothing.</summary>
    public ImmutableArray<VisitId>? Visits(SelectorList group, SourceSpan span)
    {
        var (visits, seen) = (ImmutableArray.CreateBuilder<VisitId>(), new HashSet<VisitId>());
        var known = true;
        foreach (var selector in group.Items)
        {
            var at = selector.At ?? span.Part(selector.Offset, selector.Written.Length);
            if (Type(selector.Type) is not { } type)
            {
                known = false;
                if (!written.Contains(selector.Type) && NearMatch.Find(selector.Type, noIds) is null)
                {
                    bag.Add(Messages.UnknownVisitType(at, selector.Type, declared));
                }

                continue;
            }

            var from = selector.From is { } f ? (f == Selector.Last ? type.Count : f) : 1;
            var to = selector.To is { } t ? (t == Selector.Last ? type.Count : t) : type.Count;
            if (Math.Max(from, to) > type.Count)
            {
                bag.Add(Messages.OrdinalBeyondCount(at, type.Id, Math.Max(from, to), type.Count));
                known = false;
            }
            else if (from > to)
            {
                bag.Add(Messages.OrdinalsReversed(at, from, to));
                known = false;
            }
            else
            {
                visits.AddRange(type.Visits[(from - 1)..to].Where(seen.Add));
            }
        }

        return known ? visits.ToImmutable() : null;
    }

    /// <summary>Whether each of the visits has a person for a need; reports those that have not.</summary>
    public bool HavePerson(IEnumerable<VisitId> visits, string need, SourceSpan at)
    {
        var known = true;
        foreach (var type in visits.Select(v => v.Type).Distinct().Select(t => Type(t)!))
        {
            var found = type.Needs.FirstOrDefault(n => n.Id == need);
            if (found is null && IsWritten(need, needs[type.Id]))
            {
                known = false;
            }
            else if (found is null)
            {
                bag.Add(Messages.UnknownNeed(at, need, type.Id, [.. type.Needs.Where(n => n.Kind == NeedKind.Person).Select(n => n.Id)]));
                known = false;
            }
            else if (found.Kind == NeedKind.Place)
            {
                bag.Add(Messages.NeedIsPlace(at, need, type.Id));
                known = false;
            }
        }

        return known;
    }

    /// <summary>The series of two or more visits that stands as a whole in a group; null where none does.</summary>
    private (string Series, int Count)? WholeSeries(ImmutableArray<VisitId> group) =>
        types.FirstOrDefault(t => t.Count > 1 && t.Visits.All(group.Contains)) is { } type ? (type.Id, type.Count) : null;

    /// <summary>The needs that people selectors name; null where one names nothing.</summary>
    public ImmutableArray<VisitNeed>? People(Located<NeedSelector> people)
    {
        var (selector, span) = people;
        if (Visits(selector.Visits, span) is not { } visits
            || !HavePerson(visits, selector.Need, span.Part(selector.NeedOffset, selector.Need.Length)))
        {
            return null;
        }

        return [.. visits.Select(v => new VisitNeed(v, selector.Need))];
    }

    /// <summary>Whether a visit is certain, and one without which it cannot be placed is conditional.</summary>
    public bool HangsOn(VisitId visit, VisitId on) => Type(on.Type)!.IsConditional && !Type(visit.Type)!.IsConditional;

    /// <summary>Reports a certain visit that hangs on a conditional one.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="on">The visit without which it cannot be placed.</param>
    /// <param name="at">Where that is written.</param>
    /// <param name="message">The message.</param>
    public void CheckHangsOn(VisitId visit, VisitId on, SourceSpan at, Func<SourceSpan, string, string, Diagnostic> message)
    {
        if (HangsOn(visit, on))
        {
            bag.Add(message(at, visit.ToString(), on.ToString()));
        }
    }

    /// <summary>Whether no visit is in two groups; reports one that is.</summary>
    public bool AreDisjoint(IEnumerable<ImmutableArray<VisitId>> groups, SourceSpan at)
    {
        var (all, seen) = (groups.ToList(), new HashSet<VisitId>());
        foreach (var visit in all.SelectMany(g => g))
        {
            if (!seen.Add(visit))
            {
                bag.Add(Messages.VisitInTwoGroups(at, visit.ToString(), all.Select(WholeSeries).FirstOrDefault(s => s?.Series == visit.Type)));
                return false;
            }
        }

        return true;
    }
}
