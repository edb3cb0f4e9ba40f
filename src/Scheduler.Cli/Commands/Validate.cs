using System.CommandLine;
using Scheduler.Core.Clinics;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;
using Scheduler.Core.Text;

namespace Scheduler.Cli.Commands;

/// <summary><c>scheduler validate FILE…</c></summary>
internal static class Validate
{
    private static readonly string[] Kinds = ["protocol", "clinic", "patient"];

    public static Command Make(Surroundings around)
    {
        var files = new Argument<string[]>("FILE") { Description = "Protocol, clinic or patient files, told apart by their first key.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("validate", "Reports every mistake in files, with line and column.") { files };
        command.SetAction(parsed =>
        {
            var worst = ExitCode.Done;
            foreach (var file in parsed.GetValue(files)!)
            {
                try
                {
                    worst = Math.Max(worst, One(around, file));
                }
                catch (InputMistake)
                {
                    worst = ExitCode.Mistakes;
                }
            }

            return worst;
        });
        return command;
    }

    private static int One(Surroundings around, string file)
    {
        var text = around.ReadText(file);
        var bag = new DiagnosticBag();
        if (YamlReader.ReadMapping(file, text, bag) is not { } root || root.Entries.IsEmpty)
        {
            around.Report(bag.ToSorted());
            return ExitCode.Mistakes;
        }

        var first = root.Entries[0].Key;
        switch (first.Value)
        {
            case "protocol":
                Protocol protocol = around.Use(ProtocolCompiler.Compile(file, text));
                around.Output.WriteLine($"{file}: protocol {protocol.Id} {protocol.Version}, {protocol.Visits.Length} visits of {protocol.VisitTypes.Length} types, {protocol.Rules.Length} rules");
                return ExitCode.Done;
            case "clinic":
                Clinic clinic = around.Use(ClinicReader.Read(file, text));
                around.Output.WriteLine($"{file}: clinic {clinic.Id}, {clinic.Resources.Length} resources, {clinic.Bookings.Length} bookings, {clinic.Zone.Id}");
                return ExitCode.Done;
            case "patient":
                Patient patient = around.Use(PatientReader.Read(file, text));
                around.Output.WriteLine($"{file}: patient {patient.Id}, {patient.Preferences.Length} preferences");
                return ExitCode.Done;
            default:
                around.Report([Messages.UnknownKindOfFile(first.Span, first.Value, Kinds)]);
                return ExitCode.Mistakes;
        }
    }
}
