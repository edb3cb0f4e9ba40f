using System.CommandLine;
using Scheduler.Core;
using Scheduler.Core.Clinics;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Courses.Compilation;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;
using Scheduler.Core.Text;

namespace Scheduler.Cli.Commands;

/// <summary><c>scheduler validate FILE…</c></summary>
internal static class Validate
{
    /// <summary>While a text is no YAML it is of no kind yet, so that any key may be what its author meant.</summary>
    private static readonly string[] AnyKey = [.. ProtocolCompiler.KeyNames, .. ClinicReader.KeyNames, .. PatientReader.KeyNames, .. EventsReader.KeyNames];

    public static Command Make(Surroundings around)
    {
        var files = new Argument<string[]>("FILE") { Description = "Protocol, clinic, patient or events files, told apart by their first key.", Arity = ArgumentArity.OneOrMore };
        files.Validators.Add(result => Values.RefuseNothing(result, "FILE"));
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
        if (text.AsSpan().TrimStart() is ['{', .. var inside] && inside.TrimStart() is ['"' or '}', ..])
        {
            around.Report([Messages.JsonFile(file)]);
            return ExitCode.Mistakes;
        }

        var bag = new DiagnosticBag();
        if (YamlReader.ReadMapping(file, text, bag, keys: AnyKey) is not { } root || root.Entries.IsEmpty)
        {
            around.Report(bag.ToSorted());
            return ExitCode.Mistakes;
        }

        var first = root.Entries[0].Key;
        switch (first.Value)
        {
            case FileKind.Protocol:
                Protocol protocol = around.Use(ProtocolCompiler.Compile(file, text));
                around.Say($"{file}: protocol {protocol.Id} {protocol.Version}, {Spoken.Count(protocol.Visits.Length, "visit")} of {Spoken.Count(protocol.VisitTypes.Length, "type")}, {Spoken.Count(protocol.Rules.Select(r => r.Head.Id).Distinct().Count(), "rule")}");
                return ExitCode.Done;
            case FileKind.Clinic:
                Clinic clinic = around.Use(ClinicReader.Read(file, text));
                around.Say($"{file}: clinic {clinic.Id}, {Spoken.Count(clinic.Resources.Length, "resource")}, {Spoken.Count(clinic.Bookings.Length, "booking")}, {clinic.Zone.Id}");
                return ExitCode.Done;
            case FileKind.Patient:
                Patient patient = around.Use(PatientReader.Read(file, text));
                around.Say($"{file}: patient {patient.Id}, {Spoken.Count(patient.Preferences.Length, "preference")}");
                return ExitCode.Done;
            case FileKind.Events:
                EventsText events = around.Use(EventsReader.Read(file, text));
                around.Say($"{file}: events of {events.Patient.Value}, {Spoken.Count(events.Count, "event")}");
                return ExitCode.Done;
            default:
                around.Report([Messages.UnknownKindOfFile(first.Span, first.Value, FileKind.All)]);
                return ExitCode.Mistakes;
        }
    }
}
