using System.Collections.Immutable;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Clinics;
using Scheduler.App.Patients;
using Scheduler.App.Protocols;
using Scheduler.App.Storage.Tables;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Books.Models;

/// <summary>
/// A clinic in which much is in short supply in every way that the book knows: two chairs that are cleaned, a nurse who watches two, a doctor who oversees two and is wanted elsewhere at times, one room, one therapist,
/// and patients on two courses at once. It is open three hours a day, so that planning takes no time.
/// </summary>
internal static class ModelClinic
{
    /// <summary>Six patients.</summary>
    public static readonly ImmutableArray<string> Patients = ["P-1", "P-2", "P-3", "P-4", "P-5", "P-6"];

    /// <summary>People, rooms and chairs.</summary>
    public static readonly ImmutableArray<string> Resources = ["chair-1", "chair-2", "room-1", "nurse-1", "doctor-1", "therapist-1"];

    /// <summary>The versions of each protocol, which differ in nothing that concerns the book. The first is active, the other a draft.</summary>
    public static readonly ImmutableArray<string> Versions = ["1.0.0", "1.1.0"];

    /// <summary>The visits of a course, by its protocol.</summary>
    public static readonly ImmutableDictionary<string, ImmutableArray<string>> Visits = ImmutableDictionary.CreateRange<string, ImmutableArray<string>>(
    [
        new("doses", ["dose[1]", "dose[2]", "talk[1]"]),
        new("groups", ["review[1]", "group[1]", "group[2]"]),
    ]);

    public static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/New_York"];

    /// <summary>Eight o'clock of a Monday, before the clinic opens.</summary>
    private static readonly LocalDateTime Begin = new(2027, 1, 4, 8, 0);

    private const string Yaml = $$"""
        clinic: {{Clinic}}
        title: A clinic that is short of everything
        time zone: America/New_York
        slot grid: 15 min
        opening hours:
          Monday to Sunday: 09:00 to 12:00
        resources:
          chair-1: {kind: chair, roles: chair}
          chair-2: {kind: chair, roles: chair}
          room-1: {kind: room, roles: room}
          nurse-1: {kind: person, roles: nurse, capacity: 2}
          doctor-1: {kind: person, roles: physician, supervises: 2, hands-on: up to 10 min}
          therapist-1: {kind: person, roles: therapist}

        """;

    private const string Doses = """
        protocol: doses
        version: {0}
        title: Two doses and a talk
        visits:
          dose:
            purpose: treatment
            count: 2
            duration: 60 min
            people:
              nurse: {{share: 0 to 42 min}}
              physician: {{supervision: whole visit, exclusive: first 10 min}}
            places:
              chair: {{exclusive: whole visit, clean-up: 15 min}}
            assumed: All of it.
          talk:
            purpose: treatment
            duration: 45 min
            people:
              therapist: {{exclusive: whole visit}}
            places:
              room: {{exclusive: whole visit}}
            assumed: All of it.

        """;

    private const string Groups = """
        protocol: groups
        version: {0}
        title: A review and two groups
        visits:
          review:
            purpose: assessment
            duration: 30 min
            people:
              physician: {{exclusive: whole visit}}
            places:
              room: {{exclusive: whole visit}}
            assumed: All of it.
          group:
            purpose: treatment
            count: 2
            duration: 60 min
            people:
              nurse: {{share: whole visit}}
              therapist: {{exclusive: 15 to 45 min}}
            assumed: All of it.

        """;

    /// <summary>Makes the clinic with its library and its patients in an empty book, and an account for each of some who ask.</summary>
    public static async Task Open(TestBook book, IEnumerable<string> accounts)
    {
        book.Clock.Now = Begin.InZoneStrictly(Zone).ToInstant();
        await book.Begun();
        _ = Done(await book.App.Send(new ImportClinic("clinic.yaml", Yaml) { As = "root", Clinic = Clinic }));
        foreach (var text in new[] { Doses, Groups })
        {
            foreach (var version in Versions)
            {
                _ = Done(await book.App.Send(new ImportProtocol("protocol.yaml", string.Format(System.Globalization.CultureInfo.InvariantCulture, text, version)) { As = "root", Clinic = Clinic }));
            }
        }

        foreach (var protocol in Visits.Keys)
        {
            _ = Done(await book.App.Send(new ActivateProtocol(protocol, Versions[0]) { As = "root", Clinic = Clinic }));
        }

        foreach (var patient in Patients)
        {
            _ = Done(await book.App.Send(new RegisterPatient(patient, patient, null, null, null, null, false) { As = "root", Clinic = Clinic }));
        }

        _ = await book.Store.Write<string>(async work =>
        {
            foreach (var account in accounts)
            {
                await work.SaveRoles(account, "", null, [Role.Scheduler]);
            }

            return "";
        });
    }
}
