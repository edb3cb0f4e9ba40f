using System.CommandLine;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Formats;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Cli.Commands;

/// <summary>The options that name a protocol, a clinic and a patient.</summary>
internal sealed class Inputs
{
    public Option<string> ProtocolFile { get; } = new("--protocol") { Description = "The protocol's YAML file.", Required = true, HelpName = "FILE" };

    public Option<string> ClinicFile { get; } = new("--clinic") { Description = "The clinic's YAML file.", Required = true, HelpName = "FILE" };

    public Option<string?> PatientFile { get; } = new("--patient") { Description = "The patient's YAML file; without one, a patient who can always come.", HelpName = "FILE" };

    public Option<string[]> Set { get; } = new("--set") { Description = "Sets a parameter of the protocol; may be repeated.", HelpName = "NAME=VALUE", AllowMultipleArgumentsPerToken = false };

    public void AddTo(Command command)
    {
        command.Options.Add(ProtocolFile);
        command.Options.Add(ClinicFile);
        command.Options.Add(PatientFile);
        command.Options.Add(Set);
        Set.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => !t.Value.Contains('=') || t.Value.StartsWith('=')))
            {
                result.AddError($"'{token.Value}' does not fit --set; expected NAME=VALUE such as 'rating=45 min'.");
            }
        });
    }

    /// <summary>Reads the files; all their mistakes are reported before the command ends.</summary>
    public (Protocol Protocol, Clinic Clinic, Patient? Patient) Read(ParseResult parsed, Surroundings around)
    {
        var (protocolFile, clinicFile, patientFile) = (parsed.GetValue(ProtocolFile)!, parsed.GetValue(ClinicFile)!, parsed.GetValue(PatientFile));
        var overrides = (parsed.GetValue(Set) ?? []).Select(s => s.Split('=', 2)).GroupBy(p => p[0]).ToDictionary(g => g.Key, g => g.Last()[1]);
        var protocol = Try(() => around.Use(ProtocolCompiler.Compile(protocolFile, around.ReadText(protocolFile), overrides)));
        var clinic = Try(() => around.Use(ClinicReader.Read(clinicFile, around.ReadText(clinicFile))));
        var patient = patientFile is null ? null : Try(() => around.Use(PatientReader.Read(patientFile, around.ReadText(patientFile))));
        return protocol is null || clinic is null || (patientFile is not null && patient is null) ? throw new InputMistake() : (protocol, clinic, patient);
    }

    /// <summary>An option whose value is a date.</summary>
    public static Option<LocalDate?> Date(string name, string description, bool required = false) => new(name)
    {
        Description = description,
        HelpName = "DATE",
        Required = required,
        CustomParser = result =>
        {
            var date = Texts.ParseDate(result.Tokens[0].Value);
            if (date is null)
            {
                result.AddError($"'{result.Tokens[0].Value}' does not fit {name}; expected a date such as 2027-01-04.");
            }

            return date;
        },
    };

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
