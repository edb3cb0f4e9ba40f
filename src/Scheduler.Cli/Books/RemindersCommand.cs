using System.CommandLine;
using NodaTime;
using NodaTime.Text;
using Scheduler.App.Reminders;
using Scheduler.Cli.Commands;
using Scheduler.Core;
using Scheduler.Core.Formats;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler reminders list|preview|send-due|retry|open|seen</c></summary>
internal static class RemindersCommand
{
    private static readonly string[] Headings = ["number", "due", "to", "about", "kind", "by", "state", "tries", "problem"];

    public static Command Make(Surroundings around) => new("reminders", "Shows what patients and staff are sent, sends what is due, and what needs a look.")
    {
        List(around), Preview(around), SendDue(around), Retry(around), Open(around), Seen(around),
    };

    private static Command List(Surroundings around)
    {
        var enrolment = new Argument<string?>("ENROLMENT") { Description = "The id of an enrolment; all of the clinic unless said.", Arity = ArgumentArity.ZeroOrOne };
        var state = new Option<string?>("--state") { Description = "Only those in this state.", HelpName = string.Join('|', ListReminders.States) };
        state.Validators.Add(result => Values.RefuseOther(result, "--state", ListReminders.States));
        state.CompletionSources.Add([.. ListReminders.States]);
        var most = Values.WholeNumber("--most", "How many at most, those first that fall due first.", ListReminders.AtMost, 100);
        return BookOptions.Command("list", "Lists reminders: what waits, what went out, and what did not, and why.", around, [enrolment, state, most], (parsed, book) => book.Answer(
            new ListReminders(parsed.GetValue(state)?.ToLowerInvariant(), parsed.GetValue(enrolment), (int)parsed.GetValue(most)) { As = book.As, Clinic = book.Clinic },
            found => new { reminders = found.All.Select(r => Json(r)) },
            found =>
            {
                if (found.All.IsEmpty)
                {
                    around.Say("There is no such reminder.");
                    return;
                }

                BookTable.Print(around, Headings, found.All.Select(r => (string[])
                [
                    $"{r.Number}", At(book, r.NextTry ?? r.Due), r.Patient ?? r.Person ?? "", About(r.Enrolment, r.Subject), r.Kind, r.Channel, r.State, $"{r.Tries}", r.Problem ?? "",
                ]));
            }));
    }

    private static Command Preview(Surroundings around)
    {
        var enrolment = Arguments.Enrolment();
        return BookOptions.Command("preview", "Shows what the patient of a course would be sent, when and in which words. Nothing is sent by that.", around, [enrolment], (parsed, book) => book.Answer(
            new PreviewReminders(parsed.GetValue(enrolment)!) { As = book.As, Clinic = book.Clinic },
            shown => new
            {
                enrolment = parsed.GetValue(enrolment),
                why = shown.Why,
                timeZone = shown.Zone,
                messages = shown.Messages.Select(m => new { visit = m.Visit, kind = m.Kind, channel = m.Channel, due = Texts.Time(m.Due), subject = m.Subject, text = m.Text }),
            },
            shown =>
            {
                around.Say(shown.Why ?? (shown.Messages.IsEmpty ? "Nothing is to be sent." : $"{Spoken.Count(shown.Messages.Length, "message")}, by the clocks of {shown.Zone}:"));
                foreach (var message in shown.Messages)
                {
                    around.Say("");
                    around.Say($"{BookTable.Time(message.Due.LocalDateTime)}  {message.Visit}, {message.Kind}, by {message.Channel}");
                    foreach (var line in (string[])[$"Subject: {message.Subject}", .. message.Text.Split('\n')])
                    {
                        around.Say(line.Length == 0 ? "" : $"  {line}");
                    }
                }
            }));
    }

    private static Command SendDue(Surroundings around) => BookOptions.Command(
        "send-due",
        "Sends what is due, of all clinics: what 'scheduler serve' does all the time, once and by hand.",
        around,
        [],
        async (_, book) => !book.Outgoing.IsDone ? BookAnswer.Refuse(around, book.Outgoing.Refusal) : await book.Answer(
            new SendDue { As = book.As, Clinic = book.Clinic },
            done => new { followed = done.Followed, ends = done.Ends.ToDictionary(e => Name(e.Key), e => e.Value) },
            done => around.Say(done.Ends.Count == 0 ? "Nothing was due." : $"{Spoken.Join(done.Ends.OrderBy(e => e.Key).Select(e => $"{e.Value} {Name(e.Key)}"))}. {book.Settings.Sent.ToFiles(book.Place.Folder)}")),
        ofAll: true);

    private static Command Retry(Surroundings around)
    {
        var number = Arguments.Number("The number of the reminder, as 'scheduler reminders list' shows it.");
        return BookOptions.Command("retry", "Has a reminder that failed, or that waits to be tried again, go out now.", around, [number], (parsed, book) => book.Answer(
            new RetryReminder(parsed.GetValue(number)) { As = book.As, Clinic = book.Clinic },
            retried => new { number = retried.Number },
            retried => around.Say($"Reminder {retried.Number} goes out with what is sent next.")));
    }

    private static Command Open(Surroundings around) => BookOptions.Command(
        "open",
        "Shows what somebody has to look at: who wants to be called, who cancelled by a link, and what could not be delivered.",
        around,
        [],
        (_, book) => book.Answer(
            new ShowOpen { As = book.As, Clinic = book.Clinic },
            open => new
            {
                replies = open.Replies.Select(r => new { number = r.Number, patient = r.Patient, enrolment = r.Enrolment, visit = r.Visit, start = Texts.Time(r.Start), said = Said(r), at = Moment(r.At) }),
                unconfirmed = open.Unconfirmed.Select(u => new { patient = u.Patient, enrolment = u.Enrolment, visit = u.Visit, start = Texts.Time(u.Start) }),
                undelivered = open.Undelivered.Select(u => new { number = u.Number, patient = u.Patient, person = u.Person, enrolment = u.Enrolment, subject = u.Subject, kind = u.Kind, channel = u.Channel, problem = u.Problem }),
            },
            open => Print(around, book, open)));

    private static Command Seen(Surroundings around)
    {
        var number = Arguments.Number("The number of the answer, as 'scheduler reminders open' shows it.");
        return BookOptions.Command("seen", "Says that somebody has looked at what a patient answered.", around, [number], (parsed, book) => book.Answer(
            new SeeReply(parsed.GetValue(number)) { As = book.As, Clinic = book.Clinic },
            seen => new { number = seen.Number },
            seen => around.Say($"Answer {seen.Number} is done.")));
    }

    private static void Print(Surroundings around, OpenBook book, OpenMatters open)
    {
        if (open.Replies.IsEmpty && open.Unconfirmed.IsEmpty && open.Undelivered.IsEmpty)
        {
            around.Say("Nothing waits for anybody.");
            return;
        }

        if (!open.Replies.IsEmpty)
        {
            BookTable.Print(around, ["answer", "at", "patient", "about", "said"], open.Replies.Select(r => (string[])[$"{r.Number}", At(book, r.At), r.Patient, About(r.Enrolment, r.Visit), Said(r)]));
            around.Say("When that is done: scheduler reminders seen NUMBER");
        }

        if (!open.Unconfirmed.IsEmpty)
        {
            around.Say(open.Replies.IsEmpty ? "Not confirmed:" : "\nNot confirmed:");
            BookTable.Print(around, ["patient", "about", "start"], open.Unconfirmed.Select(u => (string[])[u.Patient, About(u.Enrolment, u.Visit), Texts.Time(u.Start)]));
            around.Say("Once the patient has said so: scheduler confirm ENROLMENT VISIT");
        }

        if (!open.Undelivered.IsEmpty)
        {
            around.Say(open.Replies.IsEmpty && open.Unconfirmed.IsEmpty ? "Not delivered:" : "\nNot delivered:");
            BookTable.Print(
                around, ["number", "to", "about", "kind", "by", "problem"], open.Undelivered.Select(u => (string[])[$"{u.Number}", u.Patient ?? u.Person ?? "", About(u.Enrolment, u.Subject), u.Kind, u.Channel, u.Problem]));
            around.Say("Once that is mended: scheduler reminders retry NUMBER");
        }
    }

    private static object Json(ListedReminder r) => new
    {
        number = r.Number,
        patient = r.Patient,
        person = r.Person,
        enrolment = r.Enrolment,
        subject = r.Subject,
        kind = r.Kind,
        channel = r.Channel,
        state = r.State,
        due = Moment(r.Due),
        nextTry = r.NextTry is { } next ? Moment(next) : null,
        done = r.Done is { } done ? Moment(done) : null,
        tries = r.Tries,
        problem = r.Problem,
    };

    private static string Name(Delivered end) => end switch
    {
        Delivered.Sent => "sent",
        Delivered.Stale => "no longer true and not sent",
        Delivered.Expired => "too late to be of use and not sent",
        Delivered.PutOff => "waiting for quiet hours to end",
        Delivered.ToBeTriedAgain => "to be tried again",
        Delivered.Failed => "failed",
        _ => "left to others",
    };

    private static string Said(OpenReply reply) => reply.WantsCall ? "wants to be called" : "cancelled";

    private static string About(string? enrolment, string subject) => enrolment is null ? subject : $"{enrolment} {subject}";

    private static string At(OpenBook book, Instant moment) => BookTable.Time(moment.InZone(book.At.Zone).LocalDateTime);

    private static string Moment(Instant moment) => InstantPattern.General.Format(moment);
}
