using NodaTime;

namespace Scheduler.App.Storage.Tables;

/// <summary>What several tables say together, for whoever looks.</summary>
internal static class Listings
{
    /// <summary>The clinics.</summary>
    public static Task<List<ClinicRow>> Clinics(this BookTransaction book) => book.Rows<ClinicRow>("select id, zone from clinic order by id");

    /// <summary>The clinics at which an account has a role, be it only there or everywhere.</summary>
    public static Task<List<ClinicRow>> ClinicsOf(this BookTransaction book, string account) => book.Rows<ClinicRow>(
        "select c.id, c.zone from clinic c where exists (select 1 from account_role r where r.account = @account and r.clinic in ('', c.id)) order by c.id", new { account });

    /// <summary>A patient, or all of a clinic.</summary>
    public static Task<List<PatientRow>> Patients(this BookTransaction book, string clinic, string? patient) => book.Rows<PatientRow>(
        """
        select id, name, contact, channel, zone, availability, consents_to_messages, audit_key, language from patient
        where clinic = @clinic and (cast(@patient as text) is null or id = @patient) order by id
        """,
        new { clinic, patient });

    /// <summary>The enrolments of a patient, or of all of a clinic, in the order in which they were made.</summary>
    public static Task<List<EnrolmentOf>> EnrolmentsOf(this BookTransaction book, string clinic, string? patient) => book.Rows<EnrolmentOf>(
        "select key, patient from enrolment where clinic = @clinic and (cast(@patient as text) is null or patient = @patient) order by key", new { clinic, patient });

    /// <summary>What is booked or reserved at a clinic on a day, but not what was reserved until a moment that is over, nor what is not needed any more.</summary>
    public static Task<List<DayRow>> Day(this BookTransaction book, string clinic, LocalDate date, long now) => book.Rows<DayRow>(
        """
        select b.key, b.enrolment, e.patient, e.protocol, b.visit, b.status, b.starts, b.ends
        from booking b left join enrolment e on e.key = b.enrolment left join proposal p on p.key = b.proposal
        where b.clinic = @clinic and b.date = @date and b.status not in ('released', 'skipped') and (b.proposal is null or p.reserved_until > @now)
        order by b.starts, b.key
        """,
        new { clinic, date = Times.Of(date), now });

    /// <summary>What a clinic's resources are booked or reserved for on some days, by time, but not what was reserved until a moment that is over.</summary>
    public static Task<List<WeekUseRow>> WeekUses(this BookTransaction book, string clinic, LocalDate from, LocalDate to, long now) => book.Rows<WeekUseRow>(
        """
        select r.id as resource, b.date, u.from_minute, u.to_minute, b.enrolment, e.patient, b.visit, u.role, u.manner, b.status
        from booking b join resource_use u on u.booking = b.key join resource r on r.key = u.resource
          left join enrolment e on e.key = b.enrolment left join proposal p on p.key = b.proposal
        where b.clinic = @clinic and b.date >= @first and b.date <= @last and r.is_patient = 0 and b.status not in ('released', 'skipped') and (b.proposal is null or p.reserved_until > @now)
        order by b.date, u.from_minute, b.key, u.number
        """,
        new { clinic, first = Times.Of(from), last = Times.Of(to), now });

    /// <summary>What is taken of a clinic's resources on a day, by booking.</summary>
    public static Task<List<DayUseRow>> DayUses(this BookTransaction book, string clinic, LocalDate date) => book.Rows<DayUseRow>(
        """
        select u.booking, r.id as resource, u.role from booking b join resource_use u on u.booking = b.key join resource r on r.key = u.resource
        where b.clinic = @clinic and b.date = @date and r.is_patient = 0 order by u.booking, u.number
        """,
        new { clinic, date = Times.Of(date) });
}

/// <summary>A clinic and its zone.</summary>
internal sealed record ClinicRow(string Id, string Zone);

/// <summary>An enrolment and whose it is.</summary>
internal sealed record EnrolmentOf(long Key, string Patient);

/// <summary>A booking and whose it is. Of what a clinic's file says is booked, nothing is known.</summary>
internal abstract record BookedFor(long Key, long? Enrolment, string? Visit);

/// <summary>A use of a resource on some day.</summary>
internal sealed record WeekUseRow(
    string Resource, string Date, long From_Minute, long To_Minute, long? Enrolment, string? Patient, string? Visit, string Role, string Manner, string Status);

/// <summary>A booking of a day. Of what a clinic's file says is booked, nothing is known but the time.</summary>
internal sealed record DayRow(
    long Key, long? Enrolment, string? Patient, string? Protocol, string? Visit, string Status, string Starts, string Ends)
    : BookedFor(Key, Enrolment, Visit);

/// <summary>A resource that a booking of a day takes.</summary>
internal sealed record DayUseRow(long Booking, string Resource, string Role);
