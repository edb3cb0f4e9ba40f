using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols.Compilation;
using Scheduler.Core.Tests.Planning;

namespace Scheduler.Core.Tests.Protocols.Outside;

/// <summary>
/// Published protocols of other fields, written with docs/language.md alone, each in a small clinic of its own. They were chosen after
/// the language was made: what they need is what it must be able to say.
/// </summary>
public sealed class OutsideTests
{
    private const string Folder = "tests/Scheduler.Core.Tests/Protocols/Outside";

    /// <summary>Protocol and arm.</summary>
    public static TheoryData<string, string> Cases => new()
    {
        { "vaccine", "" },
        { "chemotherapy", "three-cycles" },
        { "chemotherapy", "four-cycles" },
        { "cognitive-processing", "now" },
        { "cardiac", "exercise" },
        { "cardiac", "usual-care" },
        { "immunotherapy", "" },
        { "mdma", "" },
        { "chemoradiation", "" },
        { "dialectical", "" },
        { "fertility", "" },
        { "intensive-trauma", "" },
        { "cell-therapy", "" },
        { "massed-exposure", "" },
    };

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, Folder), "*.yaml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_understood_without_a_word(string file)
    {
        var text = Repository.Text($"{Folder}/{file}");
        var diagnostics = file.EndsWith(".clinic.yaml", StringComparison.Ordinal)
            ? ClinicReader.Read(file, text).Diagnostics
            : ProtocolCompiler.Compile(file, text).Diagnostics;

        Assert.Equal([], diagnostics.Select(d => d.ToString()));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_course_passes_its_judge_and_is_placed_as_it_was(string protocol, string arm)
    {
        var request = Request(protocol, arm);
        var outcome = Planner.Plan(request);

        var proposal = Assert.Single(CalendarJson.Proposals(outcome));
        Assert.True(proposal.Proved);
        var verdict = Verifier.Judge(request, proposal.Calendar);
        Assert.Equal([], verdict.Breaches.Select(b => b.Message));
        Assert.Equal(proposal.Cost, verdict.Cost);
        GoldenCalendar.Check($"outside/{protocol}{(arm == "" ? "" : "-" + arm)}", new PlanningAnswer(request, outcome, HasPatient: false));
    }

    private static PlanningRequest Request(string protocol, string arm)
    {
        var whole = ProtocolCompiler.Compile($"{protocol}.yaml", Repository.Text($"{Folder}/{protocol}.yaml")).Required;
        var clinic = ClinicReader.Read($"{protocol}.clinic.yaml", Repository.Text($"{Folder}/{protocol}.clinic.yaml")).Required;
        return new(whole.For(arm == "" ? null : arm, []).Required, clinic, Patient.Anyone, new LocalDate(2027, 1, 4))
        {
            Arm = arm == "" ? null : arm,
        };
    }
}
