using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Courses;

/// <summary>
/// The protocol as it stands for the rest of a course: without the visits that it goes without, windows counted from what there is,
/// conditions known, and what remedies ask for as rules of their own.
/// </summary>
internal sealed class RestOfCourse
{
    private readonly CourseState state;
    private readonly Dictionary<VisitId, PlacedVisit> given;
    private readonly LocalDate earliest;
    private readonly HashSet<VisitId> isOut;

    /// <summary>Works out what the course goes without.</summary>
    /// <param name="state">The course.</param>
    /// <param name="given">Visits whose time is a fact or frozen.</param>
    /// <param name="from">The earliest day of what is placed.</param>
    /// <param name="bag">Receives a warning for each visit that the course goes without although nobody said so.</param>
    public RestOfCourse(CourseState state, ImmutableArray<PlacedVisit> given, LocalDate from, DiagnosticBag bag)
    {
        (this.state, this.given, earliest) = (state, given.ToDictionary(v => v.Id), from);
        isOut = [.. state.Protocol.Visits.Where(v => state.Find(v).IsOut)];
        while (Hanging() is var (visit, why) && isOut.Add(visit))
        {
            if (why is not null)
            {
                bag.Add(why);
            }
        }
    }

    /// <summary>Whether the course goes without a visit.</summary>
    public bool IsOut(VisitId visit) => isOut.Contains(visit);

    /// <summary>The protocol for the rest.</summary>
    public Protocol Protocol()
    {
        var protocol = state.Protocol with
        {
            Rules = [.. state.Protocol.Rules.SelectMany(Recounted), .. state.Protocol.Rules.OfType<Rule.Cadence>().SelectMany(AfterSkipped), .. state.Visits.Values.OrderBy(v => v.Id.ToString(), StringComparer.Ordinal).SelectMany(Remedy)],
        };
        var known = protocol.VisitTypes.Where(t => t.OnlyIf is { } need && state.IsTrue(need) == Truth.True).Select(t => t.Id).ToHashSet(StringComparer.Ordinal);

        // What hangs on a visit that may not come stays conditional itself.
        while (known.FirstOrDefault(t => HangsOnUnknown(protocol, t, known)) is { } hanging)
        {
            known.Remove(hanging);
        }

        return protocol with { VisitTypes = [.. protocol.VisitTypes.Select(t => known.Contains(t.Id) ? t with { OnlyIf = null } : t)] };
    }

    /// <summary>The ids of what a rule of the protocol has become for the rest: its own, and those of its parts where a rhythm counts anew. A rule that is there for the rest alone has its own.</summary>
    public IEnumerable<string> RulesOf(string rule) => Protocol().Rules.Where(r => r.Id == rule || Written(state.Protocol, r) == rule).Select(r => r.Id);

    /// <summary>The id under which a rule for the rest stands in the protocol; its own where it is there for the rest alone.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="rule">A rule for the rest.</param>
    public static string Written(Protocol protocol, Rule rule) =>
        protocol.Rules.FirstOrDefault(r => r.Id == rule.Id || (r.Head.Where == rule.Head.Where && rule.Id.StartsWith($"{r.Head.Id}-", StringComparison.Ordinal)))?.Id ?? rule.Id;

    /// <summary>A visit still to be placed that has lost what it hangs on, with a warning where nobody could foresee it.</summary>
    private (VisitId Visit, Diagnostic? Why)? Hanging()
    {
        foreach (var rule in state.Protocol.Rules)
        {
            foreach (var (visit, why) in Hanging(rule))
            {
                if (!isOut.Contains(visit) && !given.ContainsKey(visit))
                {
                    return (visit, why);
                }
            }
        }

        return null;
    }

    private IEnumerable<(VisitId Visit, Diagnostic? Why)> Hanging(Rule rule)
    {
        var at = SourceSpan.Whole(state.Course.Patient);
        return rule switch
        {
            Rule.Window { Anchor: Anchor.CameTrue condition } window when Counted(condition, null) is null =>
                window.Visits.Select(v => (v, (Diagnostic?)Messages.NobodyCanTell(at, v.ToString(), condition.Condition, window.Id))),
            Rule.Window window when Counted(window.Anchor, window.Fallback) is null =>
                window.Visits.Select(v => (v, (Diagnostic?)Messages.AnchorIsGone(at, v.ToString(), window.Anchor.ToString()!, window.Id))),
            Rule.HourWindow window when Counted(window.Anchor, window.Fallback) is null =>
                window.Visits.Select(v => (v, (Diagnostic?)Messages.AnchorIsGone(at, v.ToString(), window.Anchor.ToString()!, window.Id))),
            Rule.SameDay same =>
                from pair in same.Pairs
                let isOver = given.TryGetValue(pair.Partner, out var partner) && partner.Date < earliest
                where isOver || isOut.Contains(pair.Partner)
                select (pair.Visit, isOver ? Messages.DayIsOver(at, pair.Visit.ToString(), pair.Partner.ToString(), same.Id) : null),
            _ => [],
        };
    }

    /// <summary>What a window counts from now: its anchor; where the anchor's series ended early, the last visit of it that was held; else the fallback.</summary>
    private Anchor? Counted(Anchor anchor, Anchor? fallback)
    {
        if (anchor is Anchor.CameTrue condition)
        {
            return state.CameTrueOn(condition.Condition) is { } day ? new Anchor.CameTrueOn(condition.Condition, day)
                : Earliest(condition) is { } judge ? condition with { Earliest = judge }
                : null;
        }

        if (anchor.VisitOrNone is not { } visit || !isOut.Contains(visit))
        {
            return anchor;
        }

        var type = state.Protocol.TypeOf(visit);
        if (state.Find(visit).ReleasedBy is { } by && Ends(by, visit, type) && type.Visits.Where(v => state.Find(v).IsHeld).Select(v => (VisitId?)v).LastOrDefault() is { } last)
        {
            return anchor is Anchor.EndOf ? new Anchor.EndOf(last) : new Anchor.StartOf(last);
        }

        return fallback is null ? null : Counted(fallback, null);
    }

    /// <summary>Whether a condition ends the series of a visit: by 'until', or by an event that releases its rest.</summary>
    private bool Ends(string condition, VisitId visit, VisitType type) =>
        type.Until == condition || state.Protocol.Events.OfType<EventRule.Result>().Any(e => e.When == condition && e.Visits.Contains(visit));

    /// <summary>The first visit left that may make a condition true; null where there is none.</summary>
    private VisitId? Earliest(Anchor.CameTrue condition)
    {
        bool? Known(string name) => state.IsTrue(name) switch { Truth.True => true, Truth.False => false, _ => null };
        int? Turn(VisitId visit) => !isOut.Contains(visit) && condition.Judges.IndexOf(visit) is >= 0 and var turn ? turn : null;
        bool IsRecorded(string outcome, VisitId visit) => state.Scores.ContainsKey((outcome, visit)) || state.Answers.ContainsKey((outcome, visit));
        return new EarliestTruth(state.Protocol, Known, Turn, IsRecorded, v => state.Find(v).IsHeld).Of(condition.Condition) is { } first ? condition.Judges[first] : null;
    }

    private IEnumerable<Rule> Recounted(Rule rule) => rule switch
    {
        // What is frozen although nobody knows yet whether it is needed must not hold the visit that tells in its place.
        Rule.Window window when Counted(window.Anchor, window.Fallback) is Anchor.CameTrue condition =>
            window.Visits.Where(v => !given.ContainsKey(v)).ToImmutableArray() is { IsEmpty: false } visits
                ? MadeUp(window with { Anchor = condition, Visits = visits })
                : [],
        Rule.Window window => Counted(window.Anchor, window.Fallback) is { } anchor ? MadeUp(window with { Anchor = anchor }) : [],
        Rule.HourWindow window => Counted(window.Anchor, window.Fallback) switch
        {
            null => [],

            // Hours count from visits only.
            Anchor.Enrolment => [],
            var anchor => [window with { Anchor = anchor }],
        },
        Rule.Cadence cadence => Rhythms.From(cadence, state.PutOff, LastBefore, earliest),
        _ => [rule],
    };

    /// <summary>
    /// The protocol that gives a visit days to be made up means its allowed days too: of a window that is over, the ideal ones are over. The nearest to
    /// those is still wished for.
    /// </summary>
    private IEnumerable<Rule> MadeUp(Rule.Window window)
    {
        var madeUp = window.Visits.Where(v => state.Find(v).MakeUpBy is not null && !given.ContainsKey(v)).ToHashSet();
        ImmutableArray<VisitId> others = [.. window.Visits.Where(v => !madeUp.Contains(v))];
        if (!others.IsEmpty)
        {
            yield return window with { Visits = others };
        }

        foreach (var visit in madeUp)
        {
            yield return new Rule.Window(
                others.IsEmpty ? window.Head : Head(visit, window.Head.Id), [visit], window.Anchor, window.Target, window.Allowed, window.Allowed, window.Weight)
            {
                Nearest = window.Ideal,
            };
        }
    }

    /// <summary>The course goes on without a skipped visit, but what follows it does not move up: it keeps its distance from the date that was skipped.</summary>
    private IEnumerable<Rule> AfterSkipped(Rule.Cadence cadence)
    {
        foreach (var visit in cadence.Series.Where(v => cadence.PerDay is null && state.Find(v) is { Status: VisitStatus.Skipped, Booking: not null }))
        {
            var skipped = state.Find(visit).Booking!.Date;
            var next = cadence.Series.Where(v => v.Ordinal > visit.Ordinal && !isOut.Contains(v)).Select(v => (VisitId?)v).FirstOrDefault();
            var before = given.Values.Where(v => v.Date <= skipped).MaxBy(v => v.Start);
            if (next is { } follows && !given.ContainsKey(follows) && before is not null)
            {
                var days = Period.DaysBetween(before.Date, skipped) + Rhythms.LeastDays(cadence);
                yield return new Rule.Order(Head(visit, "skipped"), [[before.Id], [follows]], Period.FromDays(days), null);
            }
        }
    }

    /// <summary>The visit of a series before one that the course does not go without, with its date if that is a fact.</summary>
    private (VisitId Visit, LocalDate? Date)? LastBefore(VisitId visit)
    {
        var before = state.Protocol.TypeOf(visit).Visits.Where(v => v.Ordinal < visit.Ordinal && !isOut.Contains(v)).Select(v => (VisitId?)v).LastOrDefault();
        return before is { } last ? (last, given.TryGetValue(last, out var fact) ? fact.Date : null) : null;
    }

    private bool HangsOnUnknown(Protocol protocol, string type, HashSet<string> known)
    {
        bool MayNotCome(VisitId? visit) =>
            visit is { } v && !isOut.Contains(v) && !given.ContainsKey(v) && protocol.TypeOf(v) is { IsConditional: true } other && !known.Contains(other.Id);
        return protocol.Rules.Any(r => r switch
        {
            Rule.Window window => window.Visits.Any(v => v.Type == type) && MayNotCome(window.Anchor.VisitOrNone),
            Rule.HourWindow window => window.Visits.Any(v => v.Type == type) && MayNotCome(window.Anchor.VisitOrNone),
            Rule.SameDay same => same.Pairs.Any(p => p.Visit.Type == type && MayNotCome(p.Partner)),
            _ => false,
        });
    }

    /// <summary>What remedies ask for: made up in time, or later on the day of a late arrival.</summary>
    private IEnumerable<Rule> Remedy(VisitState visit)
    {
        if (given.ContainsKey(visit.Id) || isOut.Contains(visit.Id))
        {
            yield break;
        }

        if (visit is { MakeUpBy: { } by, Booking: { } missed })
        {
            yield return On(visit.Id, "make-up", missed.Date, Period.DaysBetween(missed.Date, by));
        }

        if (visit is { IsLateToday: true, Arrived: { } arrived })
        {
            yield return On(visit.Id, "late", arrived.Date, 0);
            yield return NotBefore(visit.Id, arrived);
        }

        if (visit.NotBefore is { } start)
        {
            yield return NotBefore(visit.Id, start);
        }
    }

    private Rule.TimeOfDay NotBefore(VisitId visit, LocalDateTime start) =>
        new(Head(visit, "late-start"), [visit], (start.Hour * 60) + start.Minute, null, null, Strength.Must);

    private Rule.Window On(VisitId visit, string why, LocalDate date, int days) => new(
        Head(visit, why), [visit], new Anchor.Enrolment(), Period.FromDays(Period.DaysBetween(state.Course.Enrolled, date)), new(0, days), new(0, days), 0);

    private RuleHead Head(VisitId visit, string why) => new($"{why}-{visit.Type}-{visit.Ordinal}", null, Provenance.None, SourceSpan.Whole(state.Protocol.Id));
}
