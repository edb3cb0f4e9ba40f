namespace Scheduler.App.Storage.Tables;

/// <summary>Patients.</summary>
internal static class PatientTable
{
    /// <summary>A patient; null where there is none.</summary>
    public static Task<PatientRow?> Patient(this BookTransaction book, string clinic, string id) => book.Row<PatientRow>(
        "select id, name, contact, channel, zone, availability, consents_to_messages, audit_key, language from patient where clinic = @clinic and id = @id", new { clinic, id });

    /// <summary>Takes out what is personal of a patient, with the reasons that were given for what was decided of them, and keeps that it was done, also where there is no such patient (any more).</summary>
    /// <returns>Whether there was anything to take out.</returns>
    public static async Task<bool> Erase(this BookTransaction book, string clinic, string id, long at)
    {
        var was = await book.Patient(clinic, id);
        var enrolments = (await book.EnrolmentsOf(clinic, id)).Select(e => e.Key).ToList();
        await book.LockEnrolments(enrolments);
        await book.RemoveProposals(enrolments);
        await book.Do($"update deviation set reason = '' where enrolment in {BookTransaction.List(enrolments)}");
        await book.Do(
            "update patient set name = null, contact = null, channel = null, zone = null, language = null, availability = @availability, consents_to_messages = 0, audit_key = null where clinic = @clinic and id = @id",
            new { clinic, id, availability = Unknown(id) });
        await book.Do("insert into erasure (clinic, patient, at) values (@clinic, @id, @at) on conflict (clinic, patient) do update set at = excluded.at", new { clinic, id, at });
        return was?.Audit_Key is not null;
    }

    /// <summary>Who has been erased.</summary>
    public static Task<List<Erasure>> Erasures(this BookTransaction book) => book.Rows<Erasure>("select clinic, patient, at from erasure order by clinic, patient");

    /// <summary>The text of a patient of whom nothing is known.</summary>
    public static string Unknown(string id) => $"patient: {id}\n";

    /// <summary>Keeps a patient, with a row to be booked in.</summary>
    public static async Task SavePatient(this BookTransaction book, string clinic, PatientRow patient)
    {
        await book.Do(
            """
            insert into patient (clinic, id, name, contact, channel, zone, availability, consents_to_messages, audit_key, language)
            values (@clinic, @Id, @Name, @Contact, @Channel, @Zone, @Availability, @Consents_To_Messages, @Audit_Key, @Language)
            on conflict (clinic, id) do update set name = excluded.name, contact = excluded.contact, channel = excluded.channel, zone = excluded.zone,
              availability = excluded.availability, consents_to_messages = excluded.consents_to_messages, audit_key = excluded.audit_key, language = excluded.language
            """,
            new { clinic, patient.Id, patient.Name, patient.Contact, patient.Channel, patient.Zone, patient.Availability, patient.Consents_To_Messages, patient.Audit_Key, patient.Language });
        await book.Do(
            "insert into resource (clinic, id, is_patient, capacity, supervises, hands_on_minutes) values (@clinic, @Id, 1, 1, 0, 0) on conflict (clinic, is_patient, id) do nothing",
            new { clinic, patient.Id });
    }
}

/// <summary>That somebody has been erased.</summary>
internal sealed record Erasure(string Clinic, string Patient, long At);

/// <summary>A patient as kept.</summary>
/// <param name="Id">The clinic's own number.</param>
/// <param name="Name">What they are called; null once erased.</param>
/// <param name="Contact">Where they can be reached.</param>
/// <param name="Channel">How: <c>mail</c> or <c>sms</c>.</param>
/// <param name="Zone">Their time zone; null for the clinic's.</param>
/// <param name="Availability">A patient's YAML, as the planner reads it.</param>
/// <param name="Consents_To_Messages">1 if they may be sent messages.</param>
/// <param name="Audit_Key">The key of the digests by which the audit knows what was said of them; null once erased.</param>
/// <param name="Language">The language in which they are written to; null for the clinic's usual one.</param>
internal sealed record PatientRow(string Id, string? Name, string? Contact, string? Channel, string? Zone, string Availability, long Consents_To_Messages, string? Audit_Key, string? Language);
