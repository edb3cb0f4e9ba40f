using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats;

/// <summary>When a visit's window is, in one calendar.</summary>
/// <param name="Rule">The id of the window.</param>
/// <param name="Anchor">What it counts from: the fallback where the anchor's visit was left out.</param>
/// <param name="Target">What is aimed at: a date, or a moment.</param>
/// <param name="Ideal">What is as planned.</param>
/// <param name="Allowed">What is a minor deviation at worst.</param>
public sealed record WindowDates(string Rule, string Anchor, WindowStretch Target, WindowStretch Ideal, WindowStretch Allowed)
{
    /// <summary>The windows of a visit whose anchors are placed, in the protocol's order.</summary>
    public static IEnumerable<WindowDates> Of(PlanningRequest request, TreatmentCalendar calendar, VisitId visit) =>
        request.Protocol.Rules.Select(rule => rule switch
        {
            Rule.Window window when window.Visits.Contains(visit) => OfDays(request, calendar, window),
            Rule.HourWindow window when window.Visits.Contains(visit) => OfHours(request, calendar, window),
            _ => null,
        }).OfType<WindowDates>();

    private static WindowDates? OfDays(PlanningRequest request, TreatmentCalendar calendar, Rule.Window rule)
    {
        var anchor = InForce(request, rule.Anchor, rule.Fallback);
        LocalDate? day = anchor switch
        {
            Protocols.Anchor.CameTrueOn known => known.Date,
            { VisitOrNone: { } counted } => calendar.Find(counted)?.Date,
            _ => request.Enrolled ?? request.From,
        };
        if (day is not { } from)
        {
            return null;
        }

        var target = from + rule.Target;
        return new(rule.Id, anchor.ToString()!, Around(new(0, 0)), Around(rule.Ideal), Around(rule.Allowed));

        WindowStretch Around(Leeway leeway) => new WindowStretch.OfDates(target.PlusDays(leeway.From), target.PlusDays(leeway.To));
    }

    private static WindowDates? OfHours(PlanningRequest request, TreatmentCalendar calendar, Rule.HourWindow rule)
    {
        var anchor = InForce(request, rule.Anchor, rule.Fallback);
        if (anchor.VisitOrNone is not { } counted || calendar.Find(counted) is not { } placed)
        {
            return null;
        }

        var target = request.Clinic.AtOffset(anchor is Protocols.Anchor.EndOf ? placed.End : placed.Start).ToInstant() + Duration.FromMinutes(rule.TargetMinutes);
        return new(rule.Id, anchor.ToString()!, Around(new(0, 0)), Around(rule.Ideal), Around(rule.Allowed));

        WindowStretch Around(Leeway leeway) => new WindowStretch.OfMoments(Moment(leeway.From), Moment(leeway.To));

        OffsetDateTime Moment(int minutes) => (target + Duration.FromMinutes(minutes)).InZone(request.Clinic.Zone).ToOffsetDateTime();
    }

    private static Anchor InForce(PlanningRequest request, Anchor anchor, Anchor? fallback) =>
        fallback is not null && anchor.VisitOrNone is { } counted && request.LeftOut.Contains(counted) ? fallback : anchor;
}

/// <summary>A stretch of time, both ends included. A closed set.</summary>
public abstract record WindowStretch
{
    private WindowStretch()
    {
    }

    /// <summary>The first and the last of it as the formats spell them.</summary>
    public abstract (string From, string To) Spelt { get; }

    /// <summary>How far a visit's start lies outside, in days or in minutes: negative before the stretch, 0 inside.</summary>
    public abstract int Off(Clinic clinic, PlacedVisit visit);

    /// <summary>The stretch for people: <c>2027-01-04 to 2027-01-06</c>.</summary>
    public abstract override string ToString();

    /// <summary>Whole days.</summary>
    /// <param name="From">The first date.</param>
    /// <param name="To">The last date.</param>
    public sealed record OfDates(LocalDate From, LocalDate To) : WindowStretch
    {
        /// <inheritdoc />
        public override (string From, string To) Spelt => (Texts.Date(From), Texts.Date(To));

        /// <inheritdoc />
        public override int Off(Clinic clinic, PlacedVisit visit) =>
            visit.Date < From ? Period.DaysBetween(From, visit.Date) : Math.Max(0, Period.DaysBetween(To, visit.Date));

        /// <inheritdoc />
        public override string ToString() => $"{Texts.Date(From)} to {Texts.Date(To)}";
    }

    /// <summary>From one moment to another, by the clinic's clocks.</summary>
    /// <param name="From">The first moment.</param>
    /// <param name="To">The last moment.</param>
    public sealed record OfMoments(OffsetDateTime From, OffsetDateTime To) : WindowStretch
    {
        /// <inheritdoc />
        public override (string From, string To) Spelt => (Texts.Time(From), Texts.Time(To));

        /// <inheritdoc />
        public override int Off(Clinic clinic, PlacedVisit visit)
        {
            var start = clinic.AtOffset(visit.Start).ToInstant();
            var late = (int)Math.Max(0, (start - To.ToInstant()).TotalMinutes);
            return start < From.ToInstant() ? (int)(start - From.ToInstant()).TotalMinutes : late;
        }

        /// <inheritdoc />
        public override string ToString() => From.Date == To.Date
            ? $"{Texts.Date(From.Date)} {Clock(From)} to {Clock(To)}"
            : $"{Texts.Date(From.Date)} {Clock(From)} to {Texts.Date(To.Date)} {Clock(To)}";

        private static string Clock(OffsetDateTime time) => Hours.Clock((time.Hour * 60) + time.Minute);
    }
}
