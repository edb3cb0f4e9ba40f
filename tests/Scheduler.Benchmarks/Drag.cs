using BenchmarkDotNet.Attributes;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation.Places;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Benchmarks;

/// <summary>A visit of the Feder 2025 course in the busy clinic is picked up: where it may go in a month, and why it is where it is, beside planning the course.</summary>
[MemoryDiagnoser]
public class Drag
{
    private static readonly DateInterval Month = new(new(2027, 1, 1), new(2027, 1, 31));
    private static readonly DateInterval FollowUp = new(new(2027, 4, 1), new(2027, 4, 30));

    private PlanningRequest request = null!;
    private PreparedClinic prepared = null!;
    private TreatmentCalendar calendar = null!;

    [GlobalSetup]
    public void Prepare()
    {
        request = new(
            ProtocolCompiler.Compile("feder.yaml", Text("protocols/feder-2025-ketamine-wet.yaml")).Required,
            ClinicReader.Read("clinic.yaml", Text("protocols/samples/clinic-busy.yaml")).Required,
            Patient.Anyone,
            new LocalDate(2027, 1, 4));
        prepared = new(request.Clinic);
        calendar = ((Outcome.Placed)Planner.Plan(request, prepared)).Proposals[0].Calendar;
    }

    [Benchmark(Baseline = true)]
    public Outcome PlaceTheCourse() => Planner.Plan(request, prepared);

    [Benchmark]
    public VisitPlaces MonthOfASession() => VisitPlaces.Of(request, calendar, new VisitId("wet", 2), Month, prepared);

    [Benchmark]
    public VisitPlaces MonthOfAnInfusion() => VisitPlaces.Of(request, calendar, new VisitId("infusion", 4), Month, prepared);

    [Benchmark]
    public VisitPlaces MonthOfAFollowUp() => VisitPlaces.Of(request with { Deviations = DeviationLimit.Major }, calendar, new VisitId("caps5-week12", 1), FollowUp, prepared);

    [Benchmark]
    public VisitPlaces MonthOfASessionAtAClinicNotPrepared() => VisitPlaces.Of(request, calendar, new VisitId("wet", 2), Month);

    [Benchmark]
    public WhyHere WhyASessionIsHere() => WhyHere.Of(request, calendar, new VisitId("wet", 2), prepared);

    private static string Text(string path) => File.ReadAllText(Repository.PathOf(path));
}
