using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using Scheduler.App.Bookings;
using Scheduler.App.Protocols;
using Scheduler.Core.Clinics;

namespace Scheduler.App.Storage.Tables;

/// <summary>Clinics, their resources, and when these are away.</summary>
internal static class ClinicTable
{
    private const string Absences = "key, resource, first_date, last_date, from_minute, to_minute, instead, weekdays, reason";

    /// <summary>A clinic as its newest version and its absences say, without bookings; null where there is none.</summary>
    public static async Task<Clinic?> Clinic(this BookTransaction book, Library library, string clinic)
    {
        if (await book.Row<string>(
            "select v.yaml from clinic c join clinic_version v on v.clinic = c.id and v.version = c.version where c.id = @clinic", new { clinic }) is not { } yaml)
        {
            return null;
        }

        var absences = await book.Rows<AbsenceRow>($"select {Absences} from absence where clinic = @clinic order by key", new { clinic });
        return absences.Aggregate(library.Clinic(clinic, yaml), Without);
    }

    /// <summary>The number of a clinic's newest version; 0 where there is none.</summary>
    public static async Task<long> ClinicVersion(this BookTransaction book, string clinic) => await book.Row<long?>("select version from clinic where id = @clinic", new { clinic }) ?? 0;

    /// <summary>The text of a clinic's newest version; null where there is none.</summary>
    public static Task<string?> ClinicText(this BookTransaction book, string clinic) =>
        book.Row<string>("select v.yaml from clinic c join clinic_version v on v.clinic = c.id and v.version = c.version where c.id = @clinic", new { clinic });

    /// <summary>Keeps a new version of a clinic, and what its resources bear.</summary>
    public static async Task SaveClinic(this BookTransaction book, Clinic clinic, long version, string yaml, long at, string by)
    {
        await book.Do(
            "insert into clinic (id, version, zone) values (@Id, @version, @zone) on conflict (id) do update set version = excluded.version, zone = excluded.zone",
            new { clinic.Id, version, zone = clinic.Zone.Id });
        await book.Do(
            "insert into clinic_version (clinic, version, yaml, imported_at, imported_by) values (@Id, @version, @yaml, @at, @by)", new { clinic.Id, version, yaml, at, by });
        foreach (var resource in clinic.Resources)
        {
            await book.Do(
                """
                insert into resource (clinic, id, is_patient, capacity, supervises, hands_on_minutes) values (@Clinic, @Id, 0, @Capacity, @Supervises, @HandsOnMinutes)
                on conflict (clinic, is_patient, id) do update set capacity = excluded.capacity, supervises = excluded.supervises, hands_on_minutes = excluded.hands_on_minutes
                """,
                new { Clinic = clinic.Id, resource.Id, resource.Capacity, resource.Supervises, resource.HandsOnMinutes });
        }
    }

    /// <summary>What can be taken at a clinic, by id; patients stand apart.</summary>
    public static async Task<Takeables> Takeables(this BookTransaction book, string clinic, IEnumerable<string> patients)
    {
        var rows = await book.Rows<ResourceRow>("select key, id, is_patient, capacity, supervises, hands_on_minutes from resource where clinic = @clinic and is_patient = 0", new { clinic });
        foreach (var patient in patients.Distinct())
        {
            rows.Add(await book.Row<ResourceRow>("select key, id, is_patient, capacity, supervises, hands_on_minutes from resource where clinic = @clinic and is_patient = 1 and id = @patient", new { clinic, patient })
                ?? throw new InvalidOperationException("A patient without a row to be booked in."));
        }

        return new(
            rows.Where(r => r.Is_Patient == 0).ToImmutableDictionary(r => r.Id, r => r.AsTakeable()),
            rows.Where(r => r.Is_Patient == 1).ToImmutableDictionary(r => r.Id, r => r.AsTakeable()));
    }

    /// <summary>Notes that a resource is away, or with no resource that the clinic is closed.</summary>
    public static Task SaveAbsence(this BookTransaction book, string clinic, string? resource, LocalDate from, LocalDate to, Hours hours, string reason) => book.Do(
        "insert into absence (clinic, resource, first_date, last_date, from_minute, to_minute, reason) values (@clinic, @resource, @first, @last, @From, @To, @reason)",
        new { clinic, resource, first = Times.Of(from), last = Times.Of(to), hours.From, hours.To, reason });

    /// <summary>Notes hours that a resource has on some days instead of its own.</summary>
    public static Task SaveHours(this BookTransaction book, string clinic, string resource, LocalDate from, LocalDate to, IEnumerable<IsoDayOfWeek> weekdays, IEnumerable<Hours> hours, string reason) => book.Do(
        """
        insert into absence (clinic, resource, first_date, last_date, from_minute, to_minute, instead, weekdays, reason)
        values (@clinic, @resource, @first, @last, 0, 1440, @instead, @days, @reason)
        """,
        new { clinic, resource, first = Times.Of(from), last = Times.Of(to), instead = AbsenceRow.Text(hours), days = AbsenceRow.Text(weekdays), reason });

    /// <summary>The absences of a clinic that are not over before a day, in the order in which they were noted.</summary>
    public static Task<List<AbsenceRow>> AbsencesFrom(this BookTransaction book, string clinic, LocalDate from) =>
        book.Rows<AbsenceRow>($"select {Absences} from absence where clinic = @clinic and last_date >= @from order by key", new { clinic, from = Times.Of(from) });

    /// <summary>Takes an absence out; what it was, or null where the clinic has none of that number.</summary>
    public static async Task<AbsenceRow?> RemoveAbsence(this BookTransaction book, string clinic, long absence)
    {
        var row = await book.Row<AbsenceRow>($"select {Absences} from absence where clinic = @clinic and key = @absence", new { clinic, absence });
        await book.Do("delete from absence where clinic = @clinic and key = @absence", new { clinic, absence });
        return row;
    }

    /// <summary>When and by whom the newest version of a clinic was imported.</summary>
    public static Task<ImportRow?> LastImport(this BookTransaction book, string clinic) => book.Row<ImportRow>(
        "select v.version, v.imported_at, v.imported_by from clinic c join clinic_version v on v.clinic = c.id and v.version = c.version where c.id = @clinic", new { clinic });

    private static Clinic Without(Clinic clinic, AbsenceRow absence)
    {
        var (from, to) = (Times.Date(absence.First_Date), Times.Date(absence.Last_Date));
        if (absence.Resource is not { } id)
        {
            return clinic with { Closures = clinic.Closures.Add(new Closure(absence.Reason, from, to, absence.Hours, Yearly: false)) };
        }

        return clinic.Find(id) is not { } resource ? clinic : clinic with
        {
            Resources = clinic.Resources.Replace(resource, resource with
            {
                Exceptions =
                [
                    .. resource.Exceptions,
                    .. Enumerable.Range(0, 1 + Period.DaysBetween(from, to)).Select(from.PlusDays).Where(absence.IsOn)
                        .Select(d => new DatedHours(d, d, absence.Stretches ?? Hours.Subtract(clinic.WorkingHours(resource, d), [absence.Hours]))),
                ],
            }),
        };
    }

    private sealed record ResourceRow(long Key, string Id, long Is_Patient, long Capacity, long Supervises, long Hands_On_Minutes)
    {
        public Takeable AsTakeable() => new(Key, (int)Capacity, (int)Supervises, (int)Hands_On_Minutes);
    }
}

/// <summary>Hours that a resource loses on some days, or has instead of its own; with no resource the clinic is closed.</summary>
internal sealed record AbsenceRow(long Key, string? Resource, string First_Date, string Last_Date, long From_Minute, long To_Minute, string? Instead, string Weekdays, string Reason)
{
    /// <summary>The stretch of each day that is lost.</summary>
    public Hours Hours => new((int)From_Minute, (int)To_Minute);

    /// <summary>The hours that hold instead of others; null for an absence.</summary>
    public ImmutableArray<Hours>? Stretches => Instead is null ? null : [.. Parts(Instead).Select(p => p.Split('-')).Select(p => new Hours(Number(p[0]), Number(p[1])))];

    /// <summary>The weekdays on which it holds; none for all.</summary>
    public ImmutableArray<IsoDayOfWeek> Days => [.. Parts(Weekdays).Select(d => (IsoDayOfWeek)Number(d))];

    /// <summary>Whether it holds on a day of its range.</summary>
    public bool IsOn(LocalDate day) => Days is not { Length: > 0 } some || some.Contains(day.DayOfWeek);

    /// <summary>Hours as text.</summary>
    public static string Text(IEnumerable<Hours> hours) => string.Join(',', hours.Select(h => string.Create(CultureInfo.InvariantCulture, $"{h.From}-{h.To}")));

    /// <summary>Weekdays as text.</summary>
    public static string Text(IEnumerable<IsoDayOfWeek> days) => string.Join(',', days.Select(d => ((int)d).ToString(CultureInfo.InvariantCulture)));

    private static string[] Parts(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}

/// <summary>When and by whom a version was imported.</summary>
internal sealed record ImportRow(long Version, long Imported_At, string Imported_By);
