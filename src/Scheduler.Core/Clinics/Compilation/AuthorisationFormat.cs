using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>A payer's authorisation: for which visits, how many, between which dates.</summary>
internal static class AuthorisationFormat
{
    /// <summary>The most visits that one authorisation covers.</summary>
    public const int MostVisits = 1_000;

    private static readonly Key<ImmutableArray<Located<ImmutableArray<string>>>> Visits = Keys.Required(
        "visits", PreferenceFormat.VisitTypes, "The visit types that are authorised; several are counted together.");

    private static readonly Key<int> AtMost = Keys.Required("at most", Scalars.Number(1, MostVisits), "How many visits.");

    private static readonly Key<LocalDate> From = Keys.Required("from", Scalars.Date, "The first date.");

    private static readonly Key<LocalDate> To = Keys.Required("to", Scalars.Date, "The last date.");

    /// <summary>The shape of an authorisation.</summary>
    public static MappingShape<Authorisation> Shape { get; } = new("an authorisation", [Visits, AtMost, From, To], (fields, reading) =>
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in fields.Get(Visits).Value)
        {
            foreach (var name in entry.Value.Where(n => !names.Add(n)))
            {
                reading.Bag.Add(Messages.VisitTypeAuthorisedTwice(entry.Span, name));
            }
        }

        var (from, to) = (fields.Get(From).Value, fields.Get(To).Value);
        if (from > to)
        {
            reading.Bag.Add(Messages.DatesReversed(fields.Get(To).Span, from, to));
        }

        return new([.. names.Order(StringComparer.Ordinal)], fields.Get(AtMost).Value, from, to);
    });

    /// <summary>Reports authorisations that share a visit type and a date.</summary>
    public static void Check(ImmutableArray<Located<Authorisation>> authorisations, DiagnosticBag bag)
    {
        foreach (var type in authorisations.SelectMany(a => a.Value.VisitTypes.Select(t => (Type: t, Authorisation: a))).GroupBy(a => a.Type, a => a.Authorisation))
        {
            var inTime = type.OrderBy(a => a.Value.From).ToList();
            for (var i = 1; i < inTime.Count; i++)
            {
                if (inTime[i].Value.From > inTime[i - 1].Value.To)
                {
                    continue;
                }

                var (first, second) = inTime[i].Span.Start.CompareTo(inTime[i - 1].Span.Start) > 0 ? (inTime[i - 1], inTime[i]) : (inTime[i], inTime[i - 1]);
                bag.Add(Messages.AuthorisationsShareDate(second.Span, type.Key, LocalDatePattern.Iso.Format(inTime[i].Value.From), first.Span));
                break;
            }
        }
    }
}
