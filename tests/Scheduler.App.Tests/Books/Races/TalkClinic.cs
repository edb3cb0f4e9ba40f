using System.Collections.Immutable;
using NodaTime;
using Scheduler.App.Clinics;
using Scheduler.App.Enrolments;
using Scheduler.App.Protocols;
using Scheduler.App.Storage.Tables;
using Scheduler.Core;
using Scheduler.Core.Planning;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Books.Races;

/// <summary>
/// A clinic of a few rooms and courses of a few talks of an hour, small enough that thousands are booked in a short time. A talk takes three resources: the therapist of a room, the room, and a share of
/// the one device, which is there as often as there are rooms. Talks begin at each half hour, so that units of the device must be dealt again now and then.
/// </summary>
/// <param name="Rooms">How many rooms.</param>
/// <param name="Talks">How many talks a course has.</param>
internal sealed record TalkClinic(int Rooms, int Talks)
{
    /// <summary>A Monday.</summary>
    public static readonly LocalDate First = new(2027, 1, 4);

    /// <summary>How many starts a day has.</summary>
    public const int StartsOfADay = 19;

    /// <summary>The clinic's file.</summary>
    public string Yaml => $$"""
        clinic: {{Clinic}}
        title: A clinic for talks
        time zone: Etc/UTC
        slot grid: 30 min
        opening hours:
          Monday to Friday: 08:00 to 18:00
        resources:
          device: {kind: device, roles: device, capacity: {{Rooms}}}
        {{string.Join("\n", Enumerable.Range(1, Rooms).Select(r => $"  room-{r}: {{kind: room, roles: room}}\n  therapist-{r}: {{kind: person, roles: therapist}}"))}}

        """;

    /// <summary>The protocol's file.</summary>
    public string Protocol => $$"""
        protocol: talks
        version: 1.0.0
        title: A course of talks
        visits:
          talk:
            title: Talk
            purpose: treatment
            count: {{Talks}}
            duration: 60 min
            people:
              therapist: {exclusive: whole visit}
            places:
              room: {exclusive: whole visit}
              device: {share: whole visit}
            assumed: All of it.
        rules:
          in-order:
            cadence of: talk
            free days between: at least 0
            assumed: All of it.

        """;

    /// <summary>The start of a talk: one of the starts of one of the working days.</summary>
    public static LocalDateTime Start(int day, int start) => First.PlusDays((day / 5 * 7) + (day % 5)).At(new LocalTime(8, 0)).PlusMinutes(30 * start);

    /// <summary>Makes the clinic in an empty book.</summary>
    public async Task Open(TestBook book)
    {
        await book.Begun();
        _ = Done(await book.App.Send(new ImportClinic("talks.yaml", Yaml) { As = "root", Clinic = Clinic }));
        _ = Done(await book.App.Send(new ImportProtocol("talks.yaml", Protocol) { As = "root", Clinic = Clinic }));
        _ = Done(await book.App.Send(new ActivateProtocol("talks", "1.0.0") { As = "root", Clinic = Clinic }));
    }

    /// <summary>A patient, an enrolment and a proposal for each course that is wanted, as <see cref="Propose"/> leaves them; their ids.</summary>
    /// <param name="book">The book.</param>
    /// <param name="courses">The place of each talk of each course: its room, from 1, and its start.</param>
    public static async Task<ImmutableArray<string>> Wanted(TestBook book, IEnumerable<IReadOnlyList<(int Room, LocalDateTime Start)>> courses)
    {
        var ids = ImmutableArray.CreateBuilder<string>();
        _ = Done(await book.Store.Write<string>(async work =>
        {
            var protocol = (await work.ProtocolVersion("talks", null))!;
            var now = book.Clock.Now.InUtc().LocalDateTime;
            foreach (var course in courses)
            {
                var patient = $"P-{ids.Count + 1}";
                await work.SavePatient(Clinic, new(patient, "", null, null, null, $"patient: {patient}\n", 0, null, null));
                var enrolment = await work.SaveEnrolment(Clinic, patient, protocol, "2026-11-23", "{}", "[]");
                var calendar = new TreatmentCalendar([.. course.Select((c, i) => Talk(i + 1, c.Room, c.Start))], []);
                var question = new Question(now, course.Min(c => c.Start).Date, 28, DeviationLimit.None);
                ids.Add(EnrolmentId.OfProposal(await work.SaveProposal(Clinic, "root", 0, [new(enrolment, 1, question.Text, EventText.Calendar(calendar))])));
            }

            return "";
        }));
        return ids.ToImmutable();
    }

    private static PlacedVisit Talk(int number, int room, LocalDateTime start)
    {
        var end = start.PlusHours(1);
        return new(
            new("talk", number),
            start,
            end,
            [
                new($"therapist-{room}", "therapist", "therapist", Use.Exclusive, start, end),
                new($"room-{room}", "room", "room", Use.Exclusive, start, end),
                new("device", "device", "device", Use.Share, start, end),
            ]);
    }
}
