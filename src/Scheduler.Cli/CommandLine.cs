using System.CommandLine;
using System.CommandLine.Parsing;
using NodaTime;
using Scheduler.Cli.Books;
using Scheduler.Cli.Commands;
using Scheduler.Core.Diagnostics;

namespace Scheduler.Cli;

/// <summary>The command line as a function: arguments in, text and an exit code out.</summary>
public static class CommandLine
{
    private const string About = """
        Places combined treatment courses: from a protocol and a clinic to a conflict-free calendar.

        Examples:
          scheduler validate protocols/feder-2025-ketamine-wet.yaml
          scheduler schedule --protocol protocols/feder-2025-ketamine-wet.yaml --clinic protocols/samples/clinic-busy.yaml --from 2027-01-04
          scheduler schedule ... --format json > calendar.json
          scheduler starts --protocol ... --clinic ... --patient ... --from 2027-01-04 --start-within 180
          scheduler explain --protocol ... --clinic ... --patient ... --from 2027-01-04
          scheduler check calendar.json --protocol ... --clinic ...
          scheduler places --calendar calendar.json --visit "wet[2]" --protocol ... --clinic ...
          scheduler why --calendar calendar.json --visit "wet[2]" --protocol ... --clinic ...
          scheduler continue --calendar calendar.json --events events.yaml --as-of 2027-01-08T12:00 --protocol ... --clinic ...
          scheduler repair --calendar p-017.json --calendar p-018.json --as-of 2027-01-08T12:00 --protocol ... --clinic ... --patient ...
          scheduler describe protocols/feder-2025-ketamine-wet.yaml --format html > protocol.html
          scheduler diff old.yaml new.yaml

        A clinic's book, kept in a folder ('data' unless --data names another):
          scheduler init --sample
          scheduler day 2027-01-04 --as office
          scheduler patient register P-041 --name "Ada Brook" --as office
          scheduler enrol P-041 --protocol feder-2025-ketamine-wet --as office
          scheduler propose E-38 --as office
          scheduler book P-9 --as office
          scheduler show E-38 --as office
          scheduler noshow E-21 "infusion[2]" --as office
          scheduler clinic import clinic.yaml --as admin
          scheduler protocol import protocol.yaml --as author
          scheduler serve --as admin

        Where several machines share the book, --store postgres keeps it in the database that SCHEDULER_POSTGRES names.

        What is the same every day goes into appsettings.json in the current directory, or a file named by --settings.

        Exit codes: 0 done, 1 the input has mistakes, 2 wrong usage, 3 no calendar exists, 4 unproved within the step budget,
        5 a checked calendar breaks rules, 70 a defect of this program, 74 the output cannot be written (a full disk).
        """;

    /// <summary>Runs one command.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="output">Receives results.</param>
    /// <param name="error">Receives diagnostics.</param>
    /// <param name="clock">Tells when an iCalendar file was made.</param>
    /// <param name="isTerminal">Whether somebody looks at the output, so that colour helps.</param>
    /// <param name="folder">Where the usual settings are looked for; empty for the current directory.</param>
    /// <param name="width">How many characters a line of the output has.</param>
    /// <param name="variables">The environment; null for that of the process.</param>
    /// <param name="stop">Ends what goes on until somebody ends it, as Ctrl-C does.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(
        string[] args, TextWriter output, TextWriter error, IClock clock, bool isTerminal, string folder = "", int width = Surroundings.WholeLines, Func<string, string?>? variables = null,
        CancellationToken stop = default)
    {
        var surroundings = new Surroundings(output, error, clock, isTerminal && string.IsNullOrEmpty((variables ?? Environment.GetEnvironmentVariable)("NO_COLOR")), folder, width, variables, stop);
        var root = new RootCommand(About)
        {
            Validate.Make(surroundings), Schedule.Make(surroundings), Commands.Starts.Make(surroundings), Explain.Make(surroundings), Continue.Make(surroundings), Repair.Make(surroundings),
            Check.Make(surroundings), Places.Make(surroundings), Why.Make(surroundings), Describe.Make(surroundings), Diff.Make(surroundings), Schema.Make(surroundings), Completion.Make(surroundings),
            Init.Make(surroundings), PatientCommand.Make(surroundings), EnrolCommand.Make(surroundings), ProposeCommand.Make(surroundings), BookCommand.Make(surroundings), ReserveCommand.Make(surroundings),
            ShowCommand.Make(surroundings), DayCommand.Make(surroundings), Tellings.Confirm(surroundings), Tellings.Arrive(surroundings), Tellings.Complete(surroundings), Tellings.NoShow(surroundings),
            Tellings.Hold(surroundings), Tellings.Cancel(surroundings), Tellings.NoPlace(surroundings), Tellings.Outcome(surroundings), AbsenceCommands.Sick(surroundings), AbsenceCommands.Leave(surroundings), AbsenceCommands.OtherHours(surroundings),
            WithdrawCommand.Make(surroundings), Tellings.Start(surroundings), Tellings.Repeat(surroundings), Tellings.Judge(surroundings), ReserveCommand.GiveBack(surroundings),
            MoveCommand.Make(surroundings), AmendCommand.Make(surroundings), WaitingCommands.Wait(surroundings), WaitingCommands.Offer(surroundings), DeviationsCommand.Make(surroundings), RemindersCommand.Make(surroundings),
            ReportCommands.Week(surroundings), ReportCommands.Own(surroundings), ReportCommands.Risk(surroundings), ReportCommands.Utilisation(surroundings),
            ClinicCommand.Make(surroundings), ProtocolCommand.Make(surroundings), ImportCommand.Make(surroundings), UserCommand.Make(surroundings),
            AllocationCommands.Make(surroundings), AuditCommand.Make(surroundings), BackupCommands.Backup(surroundings), BackupCommands.Restore(surroundings), ZonesCommand.Make(surroundings),
            ServeCommands.Serve(surroundings), ServeCommands.SignIn(surroundings),
        };
        var parsed = root.Parse(args);
        try
        {
            if (Misreadings.Of(parsed, root) is { Count: > 0 } misread)
            {
                return Refuse(misread);
            }

            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (InputMistake)
        {
            return ExitCode.Mistakes;
        }
        catch (WrongUsage wrong)
        {
            return Refuse(wrong.Mistakes);
        }
        catch (IOException refused)
        {
            // Files are read where this is caught, so what failed was writing.
            Tell([$"scheduler: the output cannot be written: {PlainText.Of(refused.Message.TrimEnd('.'))}."]);
            return ExitCode.Unwritten;
        }
        catch (Exception defect) when (defect is not OutOfMemoryException)
        {
            // The type alone: a message may hold what is in a patient's file.
            Tell([$"scheduler: a defect of this program ({defect.GetType().Name}). Please report it with the command line and, where you may, the files."]);
            return ExitCode.Defect;
        }

        int Refuse(IEnumerable<string> mistakes)
        {
            Tell([.. mistakes.Select(PlainText.Of), $"Try 'scheduler {Words(parsed.CommandResult, root)}--help'."]);
            return ExitCode.Usage;
        }

        // A command of a command, such as 'patient show', has its help there.
        static string Words(SymbolResult? at, RootCommand root) =>
            at is CommandResult command && command.Command != root ? $"{Words(command.Parent, root)}{command.Command.Name} " : "";

        // Where not even this can be told, the exit code still tells it.
        void Tell(string[] lines)
        {
            try
            {
                Array.ForEach(lines, error.WriteLine);
            }
            catch (IOException)
            {
                return;
            }
        }
    }
}
