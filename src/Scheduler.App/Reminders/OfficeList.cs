using System.Globalization;
using NodaTime;
using Scheduler.App.Reports;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;

namespace Scheduler.App.Reminders;

/// <summary>
/// What the office of a clinic is told: what somebody has to look at, as soon as there is more of it and at most every quarter of an hour, and which visits have no place although a window closes, once an hour. The whole list each time, so that the newest mail is
/// enough. A patient's number and times leave the house, and not what a visit is for.
/// </summary>
internal static class OfficeList
{
    /// <summary>As whom the office is kept among the persons who are told something; no id of a person has a bracket.</summary>
    public const string Office = "(office)";

    /// <summary>What stands for the day where it is about what is open.</summary>
    private const string Open = "open";

    /// <summary>What stands for the day where it is about windows.</summary>
    private const string Windows = "windows";

    /// <summary>How often windows are looked at: that takes all courses.</summary>
    private static readonly Duration WindowsEvery = Duration.FromHours(1);

    /// <summary>How many days ahead a window must close.</summary>
    private const int WindowDays = 7;

    /// <summary>How far apart two mails of a list are at least.</summary>
    private static readonly Duration Apart = Duration.FromMinutes(15);

    /// <summary>How many lines a mail has at most.</summary>
    private const int Most = 50;

    /// <summary>For how long a list is of use; then it is told again.</summary>
    private static readonly Duration Useful = Duration.FromDays(2);

    /// <summary>The subject of its mail.</summary>
    public static string Subject(string day, ClinicMessages messages) => $"{(day == Windows ? "Visits without a place" : "To look at")}: {messages.Name}";

    /// <summary>Has the office told what is open, if there is more of it; how many lists were new.</summary>
    public static async Task<int> Tell(BookTransaction book, Clinic clinic, Instant now, ISecrets secrets)
    {
        if (clinic.Messages is not { Office: not null })
        {
            return 0;
        }

        var matters = await OpenMatters.Of(book, clinic, now);
        return await TellIfNew(
            book,
            clinic,
            Open,
            [
                .. matters.Replies.Select(r => r.WantsCall ? $"{r.Patient} wants to be called, about {Time(r.Start)}" : $"{r.Patient} cancelled {Time(r.Start)} ({r.Enrolment})"),
                .. matters.Unconfirmed.Select(u => $"{u.Patient} has not confirmed {Time(u.Start)}"),
                .. matters.Undelivered.Where(u => u.Person != Office).Select(u => $"{u.Patient ?? u.Person}: message {u.Number} by {u.Channel} has not gone out: {u.Problem}"),
            ],
            now,
            secrets) ? 1 : 0;
    }

    /// <summary>The last day for windows, where it is time to look at them.</summary>
    public static async Task<LocalDate?> WindowsUntil(BookTransaction book, Clinic clinic, Instant now) =>
        clinic.Messages?.Office is not null && (await book.ToldDay(clinic.Id, Office, Windows) is not { } before || Instant.FromUnixTimeSeconds(before.Since) + WindowsEvery <= now)
            ? now.InZone(clinic.Zone).Date.PlusDays(WindowDays) : null;

    /// <summary>Has the office told which visits have no place, if there are more; how many lists were new.</summary>
    public static async Task<int> Tell(BookTransaction book, Clinic clinic, IEnumerable<VisitAtRisk> risks, Instant now, ISecrets secrets) =>
        await TellIfNew(book, clinic, Windows, [.. risks.Select(r => $"{r.Patient} has a visit without a place whose window closes on {r.Closes.ToString("ddd d MMM uuuu", CultureInfo.InvariantCulture)} ({r.Enrolment})").Distinct()], now, secrets) ? 1 : 0;

    /// <summary>Keeps a list, and has the office told it where it has a line that they do not know; whether it is told.</summary>
    private static async Task<bool> TellIfNew(BookTransaction book, Clinic clinic, string about, IReadOnlyList<string> all, Instant now, ISecrets secrets)
    {
        string[] lines = [.. all.Take(Most), .. all.Count > Most ? [$"and {all.Count - Most} more: scheduler reminders open"] : Array.Empty<string>()];
        var told = await book.ToldDay(clinic.Id, Office, about);
        var row = new ToldDayRow(clinic.Id, Office, about, 1 + (told?.Version ?? 0), string.Join('\n', lines), now.ToUnixTimeSeconds());
        var known = told is null || await book.StateOfDay(told) == "expired" ? [] : told.List.Split('\n');
        if (all.Take(Most).Except(known).Any())
        {
            if (told is { List.Length: > 0 } && now < Instant.FromUnixTimeSeconds(told.Since) + Apart)
            {
                return false;
            }

            await book.TellDay(row);
            await book.AddReminders([
                new ReminderRow(
                    0, clinic.Id, null, Office, null, about, row.Version, ReminderKinds.Open, "mail", row.Since, (now + Useful).ToUnixTimeSeconds(), "waiting", row.Since, 0, null, null,
                    $"{secrets.Next()}@{clinic.Messages!.Domain}", null, null),
            ]);
            return true;
        }

        // What is done is taken off the list without a word; a mail that waits says what is left, or dies where nothing is.
        if (told is null || (lines.Length == 0 && told.List.Length > 0))
        {
            await book.TellDay(row);
        }
        else if (about == Windows)
        {
            await book.KeepDay(row);
        }
        else if (told.List != row.List)
        {
            await book.KeepDay(row with { Since = told.Since });
        }

        return false;
    }

    private static string Time(OffsetDateTime start) => start.ToString("ddd d MMM uuuu, HH:mm", CultureInfo.InvariantCulture);
}
