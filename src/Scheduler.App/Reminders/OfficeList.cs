using System.Globalization;
using NodaTime;
using Scheduler.App.Reports;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;

namespace Scheduler.App.Reminders;

/// <summary>
/// What the office of a clinic is told: what somebody has to look at, as soon as there is more of it, and which visits have no place although a window closes, once an hour. The whole list each time, so that the newest mail is
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

    /// <summary>For how long a list is of use.</summary>
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
        return await IsNew(
            book,
            clinic,
            Open,
            [
                .. matters.Replies.Select(r => r.WantsCall ? $"{r.Patient} wants to be called, about {Time(r.Start)}" : $"{r.Patient} cancelled {Time(r.Start)}, which waits to be placed again ({r.Enrolment})"),
                .. matters.Unconfirmed.Select(u => $"{u.Patient} has not confirmed {Time(u.Start)}"),
                .. matters.Undelivered.Select(u => $"{u.Patient ?? u.Person}: message {u.Number} by {u.Channel} has not gone out: {u.Problem}"),
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
        await IsNew(book, clinic, Windows, [.. risks.Select(r => $"{r.Patient} has a visit without a place whose window closes on {r.Closes.ToString("ddd d MMM uuuu", CultureInfo.InvariantCulture)} ({r.Enrolment})").Distinct()], now, secrets) ? 1 : 0;

    private static async Task<bool> IsNew(BookTransaction book, Clinic clinic, string about, string[] lines, Instant now, ISecrets secrets)
    {
        var told = await book.ToldDay(clinic.Id, Office, about);
        var row = new ToldDayRow(clinic.Id, Office, about, 1 + (told?.Version ?? 0), string.Join('\n', lines), now.ToUnixTimeSeconds());
        if (lines.Except(told?.List.Split('\n') ?? []).Any())
        {
            await book.TellDay(row);
            await book.AddReminders([
                new ReminderRow(
                    0, clinic.Id, null, Office, null, about, row.Version, ReminderKinds.Open, "mail", row.Since, (now + Useful).ToUnixTimeSeconds(), "waiting", row.Since, 0, null, null,
                    $"{secrets.Next()}@{clinic.Messages!.Domain}", null, null),
            ]);
            return true;
        }

        // What is done is taken off the list without a word; a mail that waits says what is left, or dies where nothing is.
        await (told is null || lines.Length == 0 && told.List.Length > 0 ? book.TellDay(row) : about == Windows || told.List != row.List ? book.KeepDay(row) : Task.CompletedTask);
        return false;
    }

    private static string Time(OffsetDateTime start) => start.ToString("ddd d MMM uuuu, HH:mm", CultureInfo.InvariantCulture);
}
