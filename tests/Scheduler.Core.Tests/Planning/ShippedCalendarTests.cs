using NodaTime.Text;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;

namespace Scheduler.Core.Tests.Planning;

/// <summary>The other shipped protocols in the sample clinics, as they were placed when somebody last looked at them.</summary>
public sealed class ShippedCalendarTests
{
    /// <summary>Protocol, clinic, patient, the earliest day, and a stream that the patient chose.</summary>
    public static TheoryData<string, string, string, string, string> Cases => new()
    {
        { "feder-2021-repeated-ketamine", "small", "any", "2026-12-01", "" },
        { "feder-2021-repeated-ketamine", "busy", "any", "2026-12-01", "" },
        { "feder-2021-repeated-ketamine", "busy", "any", "2027-02-08", "" },
        { "feder-2021-repeated-ketamine", "busy", "worker", "2027-02-08", "" },
        { "feder-2021-repeated-ketamine", "full", "any", "2026-12-01", "" },
        { "macconnel-2025-ketamine", "small", "any", "2026-12-01", "" },
        { "macconnel-2025-ketamine", "small", "any", "2026-12-01", "psychotherapy" },
        { "macconnel-2025-ketamine", "busy", "any", "2026-12-01", "" },
        { "macconnel-2025-ketamine", "busy", "far", "2026-12-01", "" },
        { "macconnel-2025-ketamine", "busy", "any", "2026-12-01", "psychotherapy" },
        { "macconnel-2025-ketamine", "busy", "any", "2027-02-01", "psychotherapy" },
        { "macconnel-2025-ketamine", "full", "any", "2026-12-01", "" },
        { "ketamine-assisted-psychotherapy", "small", "any", "2026-12-01", "" },
        { "ketamine-assisted-psychotherapy", "busy", "any", "2026-12-01", "" },
        { "ketamine-assisted-psychotherapy", "busy", "any", "2027-02-01", "" },
        { "ketamine-assisted-psychotherapy", "busy", "far", "2027-02-01", "" },
        { "ketamine-assisted-psychotherapy", "full", "any", "2026-12-01", "" },
        { "feder-2014-crossover", "small", "any", "2026-12-01", "" },
        { "feder-2014-crossover", "busy", "any", "2026-12-01", "" },
        { "feder-2014-crossover", "busy", "any", "2027-01-04", "" },
        { "feder-2014-crossover", "full", "any", "2026-12-01", "" },
        { "maintenance-after-response", "full", "any", "2026-12-01", "" },
        { "maintenance-after-response", "busy", "any", "2027-02-01", "" },
        { "esketamine-depression", "small", "any", "2026-12-01", "" },
        { "esketamine-depression", "busy", "any", "2026-12-01", "" },
        { "esketamine-depression", "busy", "worker", "2027-02-01", "" },
        { "esketamine-depression", "full", "any", "2026-12-01", "" },
        { "rtms-depression", "small", "any", "2026-12-01", "" },
        { "rtms-depression", "busy", "any", "2026-12-01", "" },
        { "rtms-depression", "busy", "worker", "2027-01-19", "" },
        { "rtms-depression", "full", "any", "2026-12-01", "" },
        { "cole-2022-accelerated-tms", "small", "any", "2026-12-01", "" },
        { "cole-2022-accelerated-tms", "busy", "any", "2026-12-01", "" },
        { "cole-2022-accelerated-tms", "busy", "any", "2027-01-04", "" },
        { "cole-2022-accelerated-tms", "busy", "worker", "2026-12-01", "" },
        { "cole-2022-accelerated-tms", "full", "any", "2026-12-01", "" },
        { "ect-acute", "small", "any", "2026-12-01", "" },
        { "ect-acute", "busy", "any", "2026-12-01", "" },
        { "ect-acute", "busy", "worker", "2027-01-19", "" },
        { "ect-acute", "full", "any", "2026-12-01", "" },
    };

    /// <summary>Protocols in which somebody must not learn the arm.</summary>
    public static TheoryData<string> Blinded => ["feder-2021-repeated-ketamine", "feder-2014-crossover", "cole-2022-accelerated-tms"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_course_is_proved_passes_its_judge_and_is_placed_as_it_was(string protocol, string clinic, string patient, string from, string stream)
    {
        var request = Request(protocol, clinic, patient, from, arm: null, stream);
        var outcome = Planner.Plan(request);

        Assert.IsNotType<Outcome.Unproved>(outcome);
        foreach (var proposal in CalendarJson.Proposals(outcome))
        {
            var verdict = Verifier.Judge(request, proposal.Calendar);
            Assert.Empty(verdict.Breaches.Select(b => b.Message));
            Assert.Equal(proposal.Cost, verdict.Cost);
        }

        var name = $"{protocol}/{clinic}-{patient}-{from}{(stream == "" ? "" : "-" + stream)}";
        GoldenCalendar.Check(name, new PlanningAnswer(request, outcome, HasPatient: true));
    }

    [Theory]
    [MemberData(nameof(Blinded))]
    public void Where_somebody_is_blinded_all_arms_have_the_same_calendar(string protocol)
    {
        string[] arms = [.. Repository.Protocol($"{protocol}.yaml").Arms.Select(a => a.Id)];

        var texts = arms.Select(arm =>
        {
            var request = Request(protocol, "busy", "any", "2027-02-08", arm, stream: "");
            return GoldenCalendar.Text(new PlanningAnswer(request, Planner.Plan(request), HasPatient: true));
        }).ToList();

        Assert.Equal(2, arms.Length);
        Assert.StartsWith("cost", texts[0], StringComparison.Ordinal);
        Assert.Equal(texts[0], texts[1]);
    }

    private static PlanningRequest Request(string protocol, string clinic, string patient, string from, string? arm, string stream)
    {
        string[] streams = stream == "" ? [] : [stream];
        return new PlanningRequest(
            Repository.Protocol($"{protocol}.yaml").For(arm, streams).Required,
            Repository.Clinic($"clinic-{clinic}.yaml"),
            Repository.Patient($"patient-{patient}.yaml"),
            LocalDatePattern.Iso.Parse(from).Value) { Arm = arm, Streams = [.. streams] };
    }
}
