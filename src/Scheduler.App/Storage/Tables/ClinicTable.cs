using System.Collections.Immutable;
using NodaTime;
using Scheduler.App.Bookings;
using Scheduler.App.Protocols;
using Scheduler.Core.Clinics;

namespace Scheduler.App.Storage.Tables;

/// <summary>Clinics, their resources, and when these are away.</summary>
internal static class ClinicTable
{
    /// <summary>A clinic as its newest version and its absences say, without bookings; null where there is none.</summary>
    public static async Task<Clinic?> Clinic(this BookTransaction book, Library library, string clinic)
    {
        if (await book.Row<Version>(
            "select v.version as number, v.yaml from clinic c join clinic_version v on v.clinic = c.id and v.version = c.version where c.id = @clinic", new { clinic }) is not { } version)
        {
            return null;
        }

        var absences = await book.Rows<Absence>("select resource, first_date, last_date, from_minute, to_minute, reason from absence where clinic = @clinic order by key", new { clinic });
        return absences.Aggregate(library.Clinic(clinic, version.Number, version.Yaml), Without);
    }

    /// <summary>The number of a clinic's newest version; 0 where there is none.</summary>
    public static async Task<long> ClinicVersion(this BookTransaction book, string clinic) => await book.Row<long?>("select version from clinic where id = @clinic", new { clinic }) ?? 0;

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

    private static Clinic Without(Clinic clinic, Absence absence)
    {
        var (from, to, hours) = (Times.Date(absence.First_Date), Times.Date(absence.Last_Date), new Hours((int)absence.From_Minute, (int)absence.To_Minute));
        if (absence.Resource is not { } id)
        {
            return clinic with { Closures = clinic.Closures.Add(new Closure(absence.Reason, from, to, hours, Yearly: false)) };
        }

        return clinic.Find(id) is not { } resource ? clinic : clinic with
        {
            Resources = clinic.Resources.Replace(resource, resource with
            {
                Exceptions =
                [
                    .. resource.Exceptions,
                    .. Enumerable.Range(0, 1 + Period.DaysBetween(from, to)).Select(from.PlusDays).Select(d => new DatedHours(d, d, Hours.Subtract(clinic.WorkingHours(resource, d), [hours]))),
                ],
            }),
        };
    }

    private sealed record Version(long Number, string Yaml);

    private sealed record Absence(string? Resource, string First_Date, string Last_Date, long From_Minute, long To_Minute, string Reason);

    private sealed record ResourceRow(long Key, string Id, long Is_Patient, long Capacity, long Supervises, long Hands_On_Minutes)
    {
        public Takeable AsTakeable() => new(Key, (int)Capacity, (int)Supervises, (int)Hands_On_Minutes);
    }
}
