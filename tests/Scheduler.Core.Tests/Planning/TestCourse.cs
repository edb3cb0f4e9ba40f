using NodaTime;
using NodaTime.Text;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Tests.Planning;

/// <summary>A request with a calendar made by hand, and ways to change either.</summary>
internal sealed record TestCourse(PlanningRequest Request, TreatmentCalendar Calendar)
{
    /// <summary>A legal calendar of <see cref="TestProtocol.FederLike"/>. Infusions on Monday, Wednesday and Friday; the booster and the review share a slot.</summary>
    public static TestCourse FederLike { get; } = Empty(TestProtocol.FederLike, TestClinic.Riverside, "2026-03-02")
        .Place("baseline[1]", "2026-03-02 08:00", "rater roth, room room-1")
        .Place("infusion[1]", "2026-03-02 09:00", Infused)
        .Place("infusion[2]", "2026-03-04 09:00", Infused)
        .Place("infusion[3]", "2026-03-06 09:00", Infused)
        .Place("infusion[4]", "2026-03-09 09:00", Infused)
        .Place("infusion[5]", "2026-03-11 09:00", Infused)
        .Place("infusion[6]", "2026-03-13 09:00", Infused)
        .Place("wet[1]", "2026-03-10 13:00", WithKim)
        .Place("wet[2]", "2026-03-12 13:00", WithKim)
        .Place("wet[3]", "2026-03-16 13:00", WithKim)
        .Place("wet[4]", "2026-03-17 13:00", WithKim)
        .Place("wet[5]", "2026-03-18 13:00", WithKim)
        .Place("diary[1]", "2026-03-03 08:00", "")
        .Place("week12[1]", "2026-06-02 10:00", "rater roth")
        .Place("month6[1]", "2026-09-02 10:00", "rater roth, room room-1")
        .Place("booster[1]", "2026-04-10 09:00", "nurse ana, chair chair-1")
        .Place("booster[2]", "2026-04-17 09:00", "nurse ana, chair chair-1")
        .Place("review[1]", "2026-04-10 09:00", "therapist kim");

    private const string Infused = "nurse ana, physician osei, chair chair-1";
    private const string WithKim = "therapist kim, room room-1";

    public static TestCourse Empty(Protocol protocol, Clinic clinic, string from) =>
        new(new(protocol, clinic, Patient.Anyone, TestClinic.Date(from)), new([], []));

    /// <summary>
    /// Series of 30-minute self-reports under one rule with the id <c>rule</c>; <paramref name="series"/> as
    /// <c>a 2026-03-02 10:00, 2026-03-04 10:00; b 2026-03-05 10:00</c>. The first date is the request's.
    /// </summary>
    public static TestCourse Bare(Rule rule, string series)
    {
        var starts = series.Split("; ").Select(s => (Type: s[..1], Starts: s[2..].Split(", "))).ToList();
        var types = starts.Select(s => TestProtocol.Treatment(s.Type, [.. s.Starts.Select(_ => 30)]) with { Mode = Mode.SelfReport });
        return starts
            .SelectMany(s => s.Starts.Select((start, i) => (Visit: $"{s.Type}[{i + 1}]", Start: start)))
            .Aggregate(
                Empty(TestProtocol.Of([.. types], rule), TestClinic.Riverside with { GridMinutes = 5 }, starts[0].Starts[0][..10]),
                (course, visit) => course.Place(visit.Visit, visit.Start, ""));
    }

    public static LocalDateTime At(string time) => LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Parse(time).Value;

    public Verdict Judge() => Verifier.Judge(Request, Calendar);

    /// <summary>Adds a visit as its type says it is, with <paramref name="resources"/> as <c>nurse ana, chair chair-1</c>, in the protocol's order.</summary>
    public TestCourse Place(string visit, string start, string resources)
    {
        var id = TestProtocol.Visit(visit);
        var type = Request.Protocol.TypeOf(id);
        var (begin, duration) = (At(start), type.DurationOf(id.Ordinal));
        var fillers = resources.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split(' ')).ToDictionary(r => r[0], r => r[1]);
        var uses =
            from need in type.Needs
            from segment in need.Segments
            let times = segment.In(duration)
            select new ResourceUse(fillers[need.Id], need.Id, need.Role, segment.Use, begin.PlusMinutes(times.From), begin.PlusMinutes(times.To));
        return Add(new(id, begin, begin.PlusMinutes(duration), [.. uses]));
    }

    public TestCourse Add(PlacedVisit visit) => this with
    {
        Calendar = Calendar with { Visits = [.. Calendar.Visits.Append(visit).OrderBy(v => Request.Protocol.Visits.IndexOf(v.Id))] },
    };

    /// <summary>A visit with its uses at another time.</summary>
    public TestCourse Move(string visit, string start) => Change(visit, v =>
    {
        var by = Period.Between(v.Start, At(start), PeriodUnits.Minutes);
        return v with { Start = v.Start + by, End = v.End + by, Uses = [.. v.Uses.Select(u => u with { Start = u.Start + by, End = u.End + by })] };
    });

    /// <summary>A need of some visits filled by another resource.</summary>
    public TestCourse Fill(string visits, string need, string resource) => TestProtocol.Visits(visits).Aggregate(
        this,
        (course, id) => course.Change(id.ToString(), v => v with { Uses = [.. v.Uses.Select(u => u.Need == need ? u with { Resource = resource } : u)] }));

    public TestCourse Change(string visit, Func<PlacedVisit, PlacedVisit> change) => this with
    {
        Calendar = Calendar with { Visits = [.. Calendar.Visits.Select(v => v.Id == TestProtocol.Visit(visit) ? change(v) : v)] },
    };

    /// <summary>One use of a visit, counted from 0, changed.</summary>
    public TestCourse ChangeUse(string visit, int use, Func<ResourceUse, ResourceUse> change) =>
        Change(visit, v => v with { Uses = v.Uses.SetItem(use, change(v.Uses[use])) });

    public TestCourse Drop(string visits) => this with
    {
        Calendar = Calendar with { Visits = Calendar.Visits.RemoveAll(v => TestProtocol.Visits(visits).Contains(v.Id)) },
    };

    public TestCourse Unplace(string visits) => this with
    {
        Calendar = Calendar with { Unplaced = [.. Calendar.Unplaced, .. TestProtocol.Visits(visits)] },
    };

    public TestCourse Fix(params string[] visits) => this with
    {
        Request = Request with { Fixed = [.. Calendar.Visits.Where(v => TestProtocol.Visits(visits).Contains(v.Id))] },
    };

    public TestCourse Asking(Func<PlanningRequest, PlanningRequest> change) => this with { Request = change(Request) };

    public TestCourse In(Func<Clinic, Clinic> change) => Asking(r => r with { Clinic = change(r.Clinic) });

    public TestCourse For(Func<Patient, Patient> change) => Asking(r => r with { Patient = change(r.Patient) });

    public TestCourse Wishing(params Preference[] preferences) => For(p => p with { Preferences = [.. preferences] });

    public TestCourse Under(Func<Protocol, Protocol> change) => Asking(r => r with { Protocol = change(r.Protocol) });

    /// <summary>One rule of the protocol changed.</summary>
    public TestCourse Ruling<TRule>(string id, Func<TRule, Rule> change)
        where TRule : Rule =>
        Under(p => p with { Rules = [.. p.Rules.Select(r => r.Id == id ? change((TRule)r) : r)] });

    /// <summary>One visit type of the protocol changed.</summary>
    public TestCourse Typing(string id, Func<VisitType, VisitType> change) =>
        Under(p => p with { VisitTypes = [.. p.VisitTypes.Select(t => t.Id == id ? change(t) : t)] });
}
