using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using NodaTime;
using Scheduler.App.Enrolments;
using Scheduler.App.Protocols;
using Scheduler.App.Reports;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;

namespace Scheduler.App.Reminders;

/// <summary>
/// Tells the persons of a clinic in the evening what they are booked for on the next day, and again at once whenever that changes until the day is over; and its office what somebody has to look at. It can be stopped anywhere and done again. Who rates blindly is told of
/// no visit that tells an arm, as in all that they are shown.
/// </summary>
/// <param name="store">The book.</param>
/// <param name="library">Protocols and clinics.</param>
/// <param name="clock">The time.</param>
/// <param name="secrets">Where message ids come from.</param>
public sealed class StaffFollowing(Store store, Library library, IClock clock, ISecrets secrets)
{
    /// <summary>Looks at all clinics; how many lists were new.</summary>
    public async Task<int> All(CancellationToken cancel = default)
    {
        var (all, failed) = (0, (ExceptionDispatchInfo?)null);
        foreach (var clinic in await store.Read(book => book.Clinics(), cancel))
        {
            try
            {
                all += (await store.Write<Told>(book => Of(book, clinic.Id), cancel)).Value?.Lists ?? 0;
                all += await WindowsOf(clinic.Id, cancel);
            }
            catch (Exception why) when (why is not OperationCanceledException)
            {
                // One clinic whose lists cannot be made holds up no other.
                failed ??= ExceptionDispatchInfo.Capture(why);
            }
        }

        failed?.Throw();
        return all;
    }

    /// <summary>Looks at all clinics within a transaction. One whose lists cannot be made is left.</summary>
    internal async Task Within(BookTransaction book)
    {
        foreach (var clinic in await book.Clinics())
        {
            try
            {
                _ = await Of(book, clinic.Id);
            }
            catch (Exception why) when (why is not OperationCanceledException)
            {
                // It is looked at again every minute. If it was the database that failed, the transaction does.
            }
        }
    }

    private async Task<Answer<Told>> Of(BookTransaction book, string id)
    {
        if (await book.Clinic(library, id) is not { Messages: { } messages } clinic)
        {
            return new Told(0);
        }

        var (now, lists) = (clock.GetCurrentInstant(), await OfficeList.Tell(book, clinic, clock.GetCurrentInstant(), secrets));
        if (messages.DigestAt is not { } at)
        {
            return new Told(lists);
        }

        var wall = now.InZone(clinic.Zone).LocalDateTime;
        foreach (var person in clinic.Resources.Where(r => r.Mail is not null))
        {
            foreach (var day in new[] { wall.Date, wall.Date.PlusDays(1) })
            {
                var told = await book.ToldDay(id, person.Id, Times.Of(day));
                if (told is null && (day == wall.Date || (wall.Hour * 60) + wall.Minute < at))
                {
                    continue;
                }

                var list = await ListOf(book, id, person.Id, day);
                if (told?.List == list)
                {
                    continue;
                }

                // Whoever has nothing is told nothing, but is remembered to have been looked at: what comes later is a change.
                var row = new ToldDayRow(id, person.Id, Times.Of(day), 1 + (told?.Version ?? 0), list, now.ToUnixTimeSeconds());
                await book.TellDay(row);
                if (told is not null || list.Length > 0)
                {
                    var until = clinic.Zone.AtStartOfDay(day.PlusDays(1)).ToInstant().ToUnixTimeSeconds();
                    await book.AddReminders([
                        new ReminderRow(
                            0, id, null, person.Id, null, row.Day, row.Version, told is null ? ReminderKinds.Day : ReminderKinds.DayChanged, "mail", row.Since, until, "waiting", row.Since, 0, null, null,
                            $"{secrets.Next()}@{messages.Domain}", null, null),
                    ]);
                    lists++;
                }
            }
        }

        return new Told(lists);
    }

    /// <summary>Looks at the windows of a clinic where it is time to; all courses are read for that, beside whoever writes.</summary>
    private async Task<int> WindowsOf(string id, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        var found = await store.Read(
            async book => await book.Clinic(library, id) is { } clinic && await OfficeList.WindowsUntil(book, clinic, now) is { } until ? (clinic, await AtRisk.Of(book, library, clinic, until, leavesOut: true)) : ((Clinic, ImmutableArray<VisitAtRisk>)?)null, cancel);
        return found is var (clinic, risks) ? (await store.Write<Told>(async book => new Told(await OfficeList.Tell(book, clinic, risks, now, secrets)), cancel)).Value?.Lists ?? 0 : 0;
    }

    /// <summary>When and for whom somebody is needed on a day, a line each; who comes and who has been there is no change.</summary>
    private async Task<string> ListOf(BookTransaction book, string clinic, string person, LocalDate day)
    {
        var rows = await book.Sessions(clinic, person, day, day);
        var accounts = await book.AccountsOf(clinic, person);

        // Whoever has no account may be one who is to rate blindly.
        var hidden = new HashSet<long>(accounts.Count == 0 ? await book.Telling(library, clinic, rows) : new HashSet<long>());
        foreach (var account in accounts)
        {
            hidden.UnionWith(await book.HiddenFrom(library, account, clinic, rows));
        }

        return string.Join('\n', rows.Where(r => !hidden.Contains(r.Key)).Select(r => $"{Minute(r.From_Minute)} to {Minute(r.To_Minute)}  {r.Patient ?? "booked"}").Distinct());
    }

    private static string Minute(long minutes) => $"{minutes / 60:00}:{minutes % 60:00}";

    private sealed record Told(int Lists);
}
