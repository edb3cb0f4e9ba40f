using BenchmarkDotNet.Attributes;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Benchmarks;

/// <summary>The Feder 2025 course: compiled, placed in the sample clinics, judged, and proved impossible.</summary>
[MemoryDiagnoser]
public class Feder
{
    private readonly string text = Text("protocols/feder-2025-ketamine-wet.yaml");
    private readonly string book = Text("protocols/samples/clinic-busy.yaml");
    private PlanningRequest small = null!;
    private PlanningRequest busy = null!;
    private PreparedClinic prepared = null!;
    private PlanningRequest full = null!;
    private PlanningRequest evenings = null!;
    private TreatmentCalendar calendar = null!;

    [GlobalSetup]
    public void Prepare()
    {
        (small, busy, full) = (Request("small", "any"), Request("busy", "any"), Request("full", "any"));
        evenings = Request("busy", "evenings");
        prepared = new(busy.Clinic);
        calendar = ((Outcome.Placed)Planner.Plan(busy)).Proposals[0].Calendar;
    }

    [Benchmark]
    public Protocol CompileProtocol() => ProtocolCompiler.Compile("feder.yaml", text).Required;

    [Benchmark]
    public Clinic ReadBusyClinic() => ClinicReader.Read("busy.yaml", book).Required;

    [Benchmark]
    public Outcome PlaceInSmallClinic() => Planner.Plan(small);

    [Benchmark]
    public Outcome PlaceInBusyClinic() => Planner.Plan(busy);

    [Benchmark]
    public Outcome PlaceInPreparedBusyClinic() => Planner.Plan(busy, prepared);

    [Benchmark]
    public Outcome ProveFullClinicImpossible() => Planner.Plan(full);

    [Benchmark]
    public Outcome ProvePatientImpossible() => Planner.Plan(evenings);

    [Benchmark]
    public Verdict Judge() => Verifier.Judge(busy, calendar);

    /// <summary>Prints the steps of each search: the same on every machine.</summary>
    public static void PrintSteps()
    {
        foreach (var clinic in new[] { "small", "busy", "full" })
        {
            Console.WriteLine($"{clinic}: {Planner.Plan(Request(clinic, "any")).Steps} steps");
        }
    }

    private static PlanningRequest Request(string clinic, string patient) => new(
        ProtocolCompiler.Compile("feder.yaml", Text("protocols/feder-2025-ketamine-wet.yaml")).Required,
        ClinicReader.Read("clinic.yaml", Text($"protocols/samples/clinic-{clinic}.yaml")).Required,
        PatientReader.Read("patient.yaml", Text($"protocols/samples/patient-{patient}.yaml")).Required,
        new LocalDate(2026, 12, 1));

    private static string Text(string path) => File.ReadAllText(Repository.PathOf(path));
}
