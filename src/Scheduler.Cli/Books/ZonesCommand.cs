using System.CommandLine;
using NodaTime;
using Scheduler.App.Clinics;
using Scheduler.Core.Clinics;
using Scheduler.Core.Formats;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler tz-check</c></summary>
internal static class ZonesCommand
{
    public static Command Make(Surroundings around) => BookOptions.Command(
        "tz-check", "Works out anew at which moments visits are, after the time-zone data of this program has changed: wall times stay.", around, [], (_, book) => book.Answer(
            new CheckTimeZones { As = book.As, Clinic = book.Clinic },
            found => new
            {
                shifted = found.Shifted.Select(s => new { visit = s.Visit, start = book.Time(s.Start), laterBySeconds = (long)s.Shift.TotalSeconds }),
                conflicts = found.Conflicts,
            },
            found =>
            {
                around.Say(found.Shifted.IsEmpty ? "Every visit to come is at the moment that its clock time means." : $"{found.Shifted.Length} visits keep their clock time and are at another moment:");
                foreach (var visit in found.Shifted)
                {
                    around.Say($"{visit.Visit} at {Texts.Date(visit.Start.Date)} {Hours.Clock((visit.Start.Hour * 60) + visit.Start.Minute)}: {Math.Abs((long)visit.Shift.TotalMinutes)} min {(visit.Shift > Duration.Zero ? "later" : "earlier")} than before");
                }

                foreach (var conflict in found.Conflicts)
                {
                    around.Say($"To be looked at: {conflict}.");
                }
            }));
}
