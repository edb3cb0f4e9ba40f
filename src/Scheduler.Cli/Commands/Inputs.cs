using System.CommandLine;
using Scheduler.Core.Clinics;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Cli.Commands;

/// <summary>What the files of a command say.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="ProtocolFile">Where it is written.</param>
/// <param name="Clinic">The clinic.</param>
/// <param name="Patient">The patient; null where none is given.</param>
/// <param name="PatientFile">Where the patient is written.</param>
/// <param name="Settings">The settings, for what else they hold.</param>
internal sealed record Given(Protocol Protocol, string ProtocolFile, Clinic Clinic, Patient? Patient, string? PatientFile, Settings Settings);

/// <summary>The options that name a protocol, a clinic and a patient, and the settings that name them otherwise.</summary>
internal sealed class Inputs
{
    private readonly Option<string?> protocolOption = Values.Path("--protocol", "The protocol's YAML file; needed unless the settings name one.");

    private readonly Option<string?> clinicOption = Values.Path("--clinic", "The clinic's YAML file; needed unless the settings name one.");

    private readonly Option<string?> patientOption = Values.Path("--patient", "The patient's YAML file; without one, a patient who can always come.");

    private readonly ParameterOption set = new();

    private readonly Option<string?> settingsOption = Values.Path("--settings", "A JSON file of settings; appsettings.json of the current directory where it exists.");

    public void AddTo(Command command)
    {
        command.Options.Add(protocolOption);
        command.Options.Add(clinicOption);
        command.Options.Add(patientOption);
        command.Options.Add(set);
        command.Options.Add(settingsOption);
    }

    /// <summary>Reads the files; all their mistakes are reported before the command ends.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="around">Gives the files, and takes the mistakes.</param>
    /// <param name="made">A calendar: the parameters with which it was made hold, unless the command line says otherwise.</param>
    public Given Read(ParseResult parsed, Surroundings around, CalendarText? made = null)
    {
        var settings = Settings.Read(around, parsed.GetValue(settingsOption));
        var bag = new DiagnosticBag();
        var protocolFile = parsed.GetValue(protocolOption) ?? settings.PathOf("protocol", settings.Protocol, bag);
        var clinicFile = parsed.GetValue(clinicOption) ?? settings.PathOf("clinic", settings.Clinic, bag);
        var patientFile = parsed.GetValue(patientOption) ?? settings.PathOf("patient", settings.Patient, bag);
        around.Report(bag.ToSorted());
        if (bag.HasErrors)
        {
            throw new InputMistake();
        }

        if (protocolFile is null || clinicFile is null)
        {
            throw new WrongUsage([.. Missing(protocolOption, protocolFile), .. Missing(clinicOption, clinicFile)]);
        }

        ChosenValues values = new(protocolFile, made, set.Written(parsed));
        var protocol = Try(() => around.Use(values.Compile(around.ReadText(protocolFile))));
        var clinic = Try(() => around.Use(ClinicReader.Read(clinicFile, around.ReadText(clinicFile))));
        var patient = patientFile is null ? null : Try(() => around.Use(PatientReader.Read(patientFile, around.ReadText(patientFile))));
        return protocol is null || clinic is null || (patientFile is not null && patient is null) ? throw new InputMistake() : new(protocol, protocolFile, clinic, patient, patientFile, settings);
    }

    /// <summary>Another version of the protocol, with those of a calendar's parameters that it has.</summary>
    public Protocol ReadVersion(string file, ParseResult parsed, Surroundings around, CalendarText made)
    {
        var text = around.ReadText(file);
        var own = around.Use(ProtocolCompiler.Compile(file, text)).Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        return around.Use(new ChosenValues(file, made with { Protocol = null, Parameters = [.. made.Parameters.Where(r => own.Contains(r.Name))] }, [.. set.Written(parsed).Where(s => own.Contains(s.Split('=')[0]))]).Compile(text));
    }

    private static string[] Missing(Option option, string? file) =>
        file is null ? [$"Option '{option.Name}' is required, unless the settings name its file."] : [];

    private static T? Try<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (InputMistake)
        {
            return null;
        }
    }
}
