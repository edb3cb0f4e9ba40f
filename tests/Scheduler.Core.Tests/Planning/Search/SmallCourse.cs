using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.Search;

/// <summary>A course of few visits as the search sees it, made by hand, without rules. Each visit has two crews, of one person each: <c>0</c> and <c>1</c>.</summary>
internal sealed class SmallCourse
{
    private readonly int firstDay;
    private readonly List<int>[] left;
    private readonly string[] crews;

    public SmallCourse(int visits, int firstDay, int days)
    {
        (this.firstDay, Visits, Days) = (firstDay, visits, firstDay + days);
        left = [.. Enumerable.Range(0, visits).Select(_ => Enumerable.Range(firstDay, days).ToList())];
        crews = [.. Enumerable.Repeat("01", visits)];
        (Optional, DaysByCrew) = (new bool[visits], new string[visits][]);
    }

    public int Visits { get; }

    public int Days { get; }

    public bool[] Optional { get; }

    /// <summary>For a visit, the days of each crew, one digit each; null where that is not known.</summary>
    public string[]?[] DaysByCrew { get; }

    public int? LastStart { get; init; }

    public HashSet<int> Openers { get; } = [];

    public List<DayRelation> Relations { get; } = [];

    public HashSet<(int, int)> Apart { get; } = [];

    public HashSet<(int Visit, int Needed)> HangsOn { get; } = [];

    public List<PersonRelation> People { get; } = [];

    public List<Quota> Quotas { get; } = [];

    /// <summary>A course of four visits with some of each kind of relation.</summary>
    public static SmallCourse Draw(Chance chance)
    {
        var course = new SmallCourse(4, firstDay: 0, days: 5) { LastStart = chance.Percent(40) ? chance.From(0, 3) : null };
        foreach (var v in Enumerable.Range(0, 4))
        {
            course.Keep(v, chance.Some(Enumerable.Range(0, 5), chance.From(1, 5)));
            course.KeepCrews(v, chance.One("0", "1", "01", "01"));
            course.Optional[v] = chance.Percent(25);
            if (chance.Percent(40))
            {
                course.Openers.Add(v);
            }

            foreach (var w in Enumerable.Range(0, v))
            {
                var (first, second) = chance.Percent(50) ? (v, w) : (w, v);
                if (chance.Percent(30))
                {
                    var least = chance.From(-3, 3);
                    course.Relations.Add(new(first, second, new DayIntervals.Shifted(least, least + chance.From(0, 4))));
                }

                if (chance.Percent(25))
                {
                    course.Apart.UnionWith([(v, w), (w, v)]);
                }

                if (chance.Percent(25))
                {
                    course.People.Add(new(first, 0, second, 0, chance.Percent(50), chance.Percent(80)));
                }
            }
        }

        if (chance.Percent(40))
        {
            var from = chance.From(0, 4);
            course.Quotas.Add(new([.. chance.Some([0, 1, 2, 3], chance.From(2, 4))], from, chance.From(from, 4), chance.From(1, 2)));
        }

        // What hangs on another may be missing only with it or by itself.
        if (chance.Percent(40))
        {
            var (visit, needed) = chance.One((0, 1), (2, 1), (3, 0));
            course.HangsOn.Add((visit, needed));
            course.Optional[visit] |= course.Optional[needed];
        }

        return course;
    }

    public void Keep(int visit, IEnumerable<int> days) => left[visit] = [.. days];

    public void KeepCrews(int visit, string of) => crews[visit] = of;

    public List<int> Left(int visit) => left[visit];

    public (SearchProblem Problem, Domains Domains) Build()
    {
        var clinic = TestClinic.Of(TestClinic.Resource("p1", ResourceKind.Person, "therapist"), TestClinic.Resource("p2", ResourceKind.Person, "therapist"));
        var type = TestProtocol.Treatment("t", [.. Enumerable.Repeat(30, Visits)]);
        var any = Planner.Problem(new(TestProtocol.Of([type]), clinic, Patient.Anyone, TestClinic.Date("2026-03-02")));
        var shared = any.Visits[0].Class;
        var pair = new VisitClass
        {
            Type = type,
            Duration = 30,
            Needs = shared.Needs,
            Starts = shared.Starts,
            StartPoints = null,
            DayPoints = null,
            Crews = [new([0]), new([1])],
            IsCut = false,
            Tied = [true],
            NeedsCompete = false,
        };
        var problem = any with
        {
            Days = Days,
            From = firstDay,
            LastStart = LastStart,
            InOrder = [.. Enumerable.Range(0, Visits)],
            Relations = Relations,
            Apart = Apart,
            HangsOn = HangsOn,
            Quotas = Quotas,
            People = People,
            Visits =
            [
                .. Enumerable.Range(0, Visits).Select(v => new VisitModel
                {
                    Id = new("t", v + 1),
                    Class = pair,
                    Days = Bits(left[v], Days),
                    IsOptional = Optional[v],
                    Fixed = null,
                    MayOpen = Openers.Contains(v),
                }),
            ],
        };
        var domains = Domains.Of(problem);
        for (var v = 0; v < Visits; v++)
        {
            foreach (var crew in Enumerable.Range(0, 2).Where(c => !crews[v].Contains((char)('0' + c))))
            {
                DaySet.Remove(domains.Crews(v), crew);
            }

            if (DaysByCrew[v] is { } known)
            {
                domains.DaysByCrew[v] = [.. known.Select(of => Bits(of.Select(d => d - '0'), Days))];
            }
        }

        return (problem, domains);
    }

    /// <summary>Whether something stays for each visit that is needed, and the days and crews that do.</summary>
    public (bool Holds, List<List<int>> Days, List<string> Crews) Narrow()
    {
        var (problem, domains) = Build();
        var holds = new Narrowing(problem, new(problem), new(1_000)).NarrowAll(domains);
        var stays = Enumerable.Range(0, Visits).Select(v => string.Concat(Enumerable.Range(0, 2).Where(c => DaySet.Contains(domains.Crews(v), c))));
        return (holds, DaysOf(domains, Visits), [.. stays]);
    }

    /// <summary>The days of each visit in all solutions, by trying all; null where there is none.</summary>
    public List<List<int>>? DaysOfSolutions()
    {
        var (day, crew) = (new int[Visits], new int[Visits]);
        var found = Enumerable.Range(0, Visits).Select(_ => new SortedSet<int>()).ToArray();
        var some = false;
        Try(0);
        return some ? [.. found.Select(of => of.ToList())] : null;

        void Try(int visit)
        {
            if (visit == Visits)
            {
                if (Holds(day, crew))
                {
                    some = true;
                    Enumerable.Range(0, Visits).Where(v => day[v] >= 0).ToList().ForEach(v => found[v].Add(day[v]));
                }

                return;
            }

            foreach (var d in left[visit])
            {
                // Who comes matters only where people are tied.
                foreach (var c in People.Count == 0 ? crews[visit][..1] : crews[visit])
                {
                    (day[visit], crew[visit]) = (d, c - '0');
                    if (Relations.TrueForAll(r => Math.Max(r.First, r.Second) != visit || Keeps(r, day)))
                    {
                        Try(visit + 1);
                    }
                }
            }

            if (Optional[visit])
            {
                day[visit] = -1;
                Try(visit + 1);
            }
        }
    }

    public static List<List<int>> DaysOf(Domains domains, int visits) =>
        [.. Enumerable.Range(0, visits).Select(v => Enumerable.Range(0, domains.Words * 64).Where(d => DaySet.Contains(domains.Days(v), d)).ToList())];

    private bool Holds(int[] day, int[] crew) =>
        Apart.All(p => day[p.Item1] < 0 || day[p.Item1] != day[p.Item2])
        && HangsOn.All(h => day[h.Visit] < 0 || day[h.Needed] >= 0)
        && People.TrueForAll(p => !p.IsMust || day[p.First] < 0 || day[p.Second] < 0 || (crew[p.First] == crew[p.Second]) == p.Same)
        && Quotas.TrueForAll(q => q.Visits.Count(v => day[v] >= q.First && day[v] <= q.Last) <= q.AtMost)
        && (LastStart is not { } last || Openers.Count == 0 || Openers.Any(v => day[v] >= 0 && day[v] <= last));

    private bool Keeps(DayRelation relation, int[] day)
    {
        if (day[relation.First] < 0 || day[relation.Second] < 0)
        {
            return true;
        }

        var reached = new ulong[DaySet.Words(Days)];
        relation.Days.Reach(Bits([day[relation.First]], Days), reached);
        return DaySet.Contains(reached, day[relation.Second]);
    }

    private static ulong[] Bits(IEnumerable<int> days, int size)
    {
        var set = new ulong[DaySet.Words(size)];
        foreach (var day in days)
        {
            DaySet.Add(set, day);
        }

        return set;
    }
}
