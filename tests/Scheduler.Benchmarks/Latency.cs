using System.Diagnostics;
using NodaTime;
using Scheduler.Benchmarks.Peers;
using Scheduler.Core.Clinics;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;

namespace Scheduler.Benchmarks;

/// <summary>
/// How long answers take, over many requests: one thread, judge included, in a clinic that is prepared as one that serves requests is, after everything was compiled.
/// </summary>
internal static class Latency
{
    private const int Seed = 20270301;
    private const int ClinicsEach = 6;
    private const int RequestsEach = 6;

    /// <summary>Of requests that take hundreds of milliseconds fewer are enough.</summary>
    private const int SlowRequestsEach = 1;
    private const int DaysRanked = 180;
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(20);

    /// <summary>The shipped protocols that are timed: together they have each kind of rule that shipped protocols have.</summary>
    public static readonly string[] Protocols =
    [
        "feder-2025-ketamine-wet", "ketamine-assisted-psychotherapy", "macconnel-2025-ketamine", "rtms-depression", "ect-acute", "feder-2014-crossover", "cole-2022-accelerated-tms",
    ];

    private static readonly string[] SlowProtocols = ["macconnel-2025-ketamine", "cole-2022-accelerated-tms"];
    private static readonly string[] SamplePatients = ["any", "worker", "far", "evenings"];

    /// <summary>Measures, prints and keeps the figures.</summary>
    public static void Run()
    {
        WarmUp();
        var figures = new List<Figure>();
        Console.WriteLine("| courses | requests | placed, median | p99 | no calendar, with reasons, median | p99 | three proposals, median | p99 | 180 starts, median |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        Measure("feder-2025-ketamine-wet in the busy sample clinic", Samples("busy"), figures);
        Measure("feder-2025-ketamine-wet in the full sample clinic", Samples("full"), figures);
        foreach (var protocol in Protocols)
        {
            foreach (var load in Instances.Loads)
            {
                Measure($"{protocol}, load {load} %", Generated(protocol, load, Seed), figures);
            }
        }

        Figures.Keep(figures);
    }

    /// <summary>Asks until the runtime has compiled what is asked often for good: it does so behind the work, when it was called often enough.</summary>
    private static void WarmUp()
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < LongEnough)
        {
            AskEach();
        }
    }

    private static void AskEach()
    {
        foreach (var (request, clinic) in Protocols.Except(SlowProtocols).SelectMany(p => Generated(p, 30, Seed + 1).Take(8)).Concat(Samples("full").Take(10)).Concat(Samples("busy").Take(60)))
        {
            Answer(request, clinic);
            Answer(request with { Proposals = 3 }, clinic);
        }

        var (first, prepared) = Samples("busy").First();
        Ranked(first, prepared);
    }

    /// <summary>Four patients, each on 30 days in the shipped clinic.</summary>
    private static IEnumerable<(PlanningRequest Request, PreparedClinic Clinic)> Samples(string name)
    {
        var protocol = Instances.Shipped("feder-2025-ketamine-wet");
        var clinic = ClinicReader.Read("clinic.yaml", Text($"protocols/samples/clinic-{name}.yaml")).Required;
        var prepared = new PreparedClinic(clinic);
        return from patient in SamplePatients
               let who = PatientReader.Read("patient.yaml", Text($"protocols/samples/patient-{patient}.yaml")).Required
               from day in Enumerable.Range(0, 30)
               select (new PlanningRequest(protocol, clinic, who, new LocalDate(2026, 11, 23).PlusDays(day)), prepared);
    }

    private static IEnumerable<(PlanningRequest Request, PreparedClinic Clinic)> Generated(string name, int load, int seed)
    {
        var protocol = Instances.Shipped(name);
        for (var c = 0; c < ClinicsEach; c++)
        {
            var chance = new Random(seed + (1000 * load) + c);
            Clinic clinic = Instances.Clinic(protocol, load, chance);
            var prepared = new PreparedClinic(clinic);
            for (var r = 0; r < (SlowProtocols.Contains(name) ? SlowRequestsEach : RequestsEach); r++)
            {
                yield return (Instances.Request(protocol, clinic, chance), prepared);
            }
        }
    }

    private static string Text(string path) => File.ReadAllText(Repository.PathOf(path));

    private static void Measure(string name, IEnumerable<(PlanningRequest Request, PreparedClinic Clinic)> requests, List<Figure> figures)
    {
        var (placed, none, three, starts, unproved) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), 0);
        var beside = new List<double>();
        PreparedClinic? last = null;
        var all = requests.ToList();
        foreach (var (request, clinic) in all)
        {
            if (!ReferenceEquals(last, clinic))
            {
                // What prepares a clinic is no part of an answer; and what one clinic left to collect none of the next one's.
                last = clinic;
                Planner.Try(request, clinic);
                GC.Collect();
                beside.Add(Calibration.Milliseconds());
                if (!SlowProtocols.Contains(request.Protocol.Id))
                {
                    starts.Add(Timed(() => Ranked(request with { StartWithinDays = DaysRanked }, clinic)));
                }
            }

            Outcome? outcome = null;
            var time = Timed(() => outcome = Answer(request, clinic));
            switch (outcome)
            {
                case Outcome.Placed:
                    placed.Add(time);
                    three.Add(Timed(() => Answer(request with { Proposals = 3 }, clinic)));
                    break;
                case Outcome.Infeasible:
                    none.Add(time);
                    break;
                default:
                    unproved++;
                    break;
            }
        }

        var work = Percentile(beside, 50);
        Add("placed", placed);
        Add("no calendar", none);
        Add("three proposals", three);
        Add($"{DaysRanked} starts", starts);
        Console.WriteLine($"| {name} | {all.Count}{(unproved > 0 ? $", {unproved} unproved" : "")} | {Cells(placed)} | {Cells(none)} | {Cells(three)} | {(starts.Count == 0 ? "" : $"{Percentile(starts, 50):0} ms")} |");

        void Add(string what, List<double> times)
        {
            if (times.Count > 0)
            {
                figures.Add(new($"{name}: {what}", Percentile(times, 50), Percentile(times, 99), Percentile(times, 50) / work));
            }
        }
    }

    private static string Cells(List<double> times) => times.Count == 0 ? " | " : $"{Percentile(times, 50):0.00} ms | {Percentile(times, 99):0.00} ms";

    private static double Timed(Action work)
    {
        var before = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(before).TotalMilliseconds;
    }

    private static double Percentile(List<double> times, int percent) => times.Order().ElementAt(Math.Min(times.Count - 1, (int)Math.Ceiling(times.Count * percent / 100.0) - 1));

    /// <summary>Plans, and has every calendar judged.</summary>
    private static Outcome Answer(PlanningRequest request, PreparedClinic clinic)
    {
        var outcome = Planner.Plan(request, clinic);
        foreach (var proposal in outcome is Outcome.Placed placed ? placed.Proposals : [])
        {
            Judge(request, proposal, clinic);
        }

        return outcome;
    }

    private static void Ranked(PlanningRequest request, PreparedClinic clinic)
    {
        // Whoever chooses a day books its calendar, which is judged then; of a list, the first is.
        if (Starts.Of(request, clinic) is [{ Proposal: { } best, Day: var day }, ..])
        {
            Judge(Starts.On(request, day), best, clinic);
        }
    }

    private static void Judge(PlanningRequest request, Proposal proposal, PreparedClinic clinic)
    {
        if (!Verifier.Judge(request, proposal.Calendar, clinic).Holds)
        {
            throw new InvalidOperationException("The judge refuted a calendar.");
        }
    }
}
