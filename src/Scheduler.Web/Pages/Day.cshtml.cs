using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using Scheduler.App;
using Scheduler.App.Clinics;
using Scheduler.App.Reports;
using Scheduler.App.Storage;
using Scheduler.Core;
using Scheduler.Core.Formats;

namespace Scheduler.Web.Pages;

/// <summary>A day of a clinic by time, as the account may see it.</summary>
/// <param name="app">The use cases.</param>
/// <param name="store">Knows at which clinics the account has a role.</param>
/// <param name="clock">The time.</param>
public sealed class DayModel(Application app, Store store, IClock clock) : PageModel
{
    /// <summary>The day.</summary>
    public DayShown Shown { get; private set; } = null!;

    /// <summary>Whose it is.</summary>
    public KnownClinic Clinic { get; private set; } = null!;

    /// <summary>The clinics among which the account can choose.</summary>
    public IReadOnlyList<KnownClinic> Clinics { get; private set; } = [];

    /// <summary>The day that it is at the clinic.</summary>
    public LocalDate Today => clock.GetCurrentInstant().InZone(Clinic.Zone).Date;

    /// <summary>The day for a title: <c>Mon 2027-01-04</c>.</summary>
    public string Short => Shown.Date.ToString("ddd uuuu'-'MM'-'dd", CultureInfo.InvariantCulture);

    /// <summary>The day in words: <c>Monday 4 January 2027</c>.</summary>
    public string Long => Shown.Date.ToString("dddd d MMMM uuuu", CultureInfo.InvariantCulture);

    /// <summary>How many visits there are, in words.</summary>
    public string Count => Spoken.Count(Shown.Visits.Length, "visit");

    /// <summary>A time of day: <c>08:30</c>.</summary>
    public static string Time(LocalDateTime time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Where a day is; the clinic is named where there are several.</summary>
    public string Link(LocalDate date, string? clinic = null) => $"/day/{Texts.Date(date)}{(Clinics.Count > 1 ? $"?clinic={Uri.EscapeDataString(clinic ?? Clinic.Id)}" : "")}";

    /// <summary>Shows a day.</summary>
    /// <param name="date">The day; null for the one that it is at the clinic.</param>
    /// <param name="clinic">The id of the clinic; null for the first at which the account has a role.</param>
    /// <param name="cancel">Ends it early.</param>
    public async Task<IActionResult> OnGetAsync(string? date, string? clinic, CancellationToken cancel)
    {
        Clinics = await KnownClinics.Of(store, User.Identity!.Name!, cancel);

        // One that is not theirs is asked of the use case all the same: it says no, and says it in one way whether the clinic exists or not.
        Clinic = (clinic is not null ? Clinics.FirstOrDefault(c => c.Id == clinic) : Clinics is [var first, ..] ? first : null) ?? new(clinic ?? "", DateTimeZone.Utc);
        if ((date is null ? Today : Texts.ParseDate(date)) is not { } day)
        {
            return NotFound();
        }

        var answer = await app.Send(new ClinicDay(day) { As = User.Identity.Name!, Clinic = Clinic.Id }, cancel);
        if (!answer.IsDone)
        {
            return StatusCode(answer.Refusal.Kind == RefusalKind.Forbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound);
        }

        Shown = answer.Value;
        return Page();
    }
}
