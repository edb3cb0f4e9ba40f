using System.Collections.Immutable;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation.Places;

/// <summary>One who has the role of a need of the visit, with what is the same on every day.</summary>
/// <param name="Resource">The index of the resource.</param>
/// <param name="Id">Its id.</param>
/// <param name="Rules">The must-rules about people that it would break, whenever the visit is.</param>
/// <param name="IsRefused">Whether the patient insists on somebody else.</param>
/// <param name="Price">Changes of person and wishes; without conditional visits, and with them.</param>
/// <param name="Makes">Whether it is kept free of fragments.</param>
internal sealed record Filler(int Resource, string Id, ImmutableArray<string> Rules, bool IsRefused, PackedCost[] Price, bool Makes)
{
    /// <summary>What keeps it on every day.</summary>
    public Hindrance Always { get; } = (Rules.IsEmpty ? Hindrance.None : Hindrance.Rules) | (IsRefused ? Hindrance.Wish : Hindrance.None);
}

/// <summary>Who can fill the needs of the visit, in the order of their ids.</summary>
internal sealed class Fillers
{
    /// <summary>Finds them.</summary>
    public Fillers(CalendarAround around, PeoplePrices people, Wishes wishes)
    {
        Needs =
        [
            .. around.Type.Needs.Select(n => new NeedModel
            {
                Need = n,
                Duration = around.Duration,
                Candidates = [.. Enumerable.Range(0, around.Availability.Resources.Count).Where(r => Availability.CanFill(around.Availability.Resources[r], n))],
                Points = [],
                Segments = [.. n.Segments.Select(s => (s.Use, s.In(around.Duration).From, s.In(around.Duration).To))],
            }),
        ];
        Of = Array.ConvertAll(Needs, model => Array.ConvertAll(model.Candidates, r => Filler(model.Need, r)));
        Inside =
        [
            .. people.Inside().Select(p => (p.Rule, NeedAt(p.First), NeedAt(p.Second), p.Same, p.IsMust)),
        ];
        MeetEachOther = Inside.Length > 0 || Needs.SelectMany(n => n.Candidates).Distinct().Count() < Needs.Sum(n => n.Candidates.Length);

        Filler Filler(Need need, int r)
        {
            var who = around.Availability.Resources[r];
            var wished = wishes.Price(need, who, who.Id);
            return new(
                r,
                who.Id,
                people.Broken(need, who.Id),
                wishes.Refuse(need, who),
                [wished + people.Price(need, who.Id, certainOnly: true), wished + people.Price(need, who.Id, certainOnly: false)],
                around.Availability.IsTreatmentResource(r));
        }

        int NeedAt(string id) => Array.FindIndex(Needs, n => n.Need.Id == id);
    }

    /// <summary>The needs.</summary>
    public NeedModel[] Needs { get; }

    /// <summary>Who can fill each.</summary>
    public Filler[][] Of { get; }

    /// <summary>What rules say of two needs of the visit, by index.</summary>
    public (string Rule, int First, int Second, bool Same, bool IsMust)[] Inside { get; }

    /// <summary>Whether who fills one need matters to another.</summary>
    public bool MeetEachOther { get; }
}

/// <summary>Who can fill the needs of the visit on one day.</summary>
/// <param name="around">The calendar.</param>
/// <param name="fillers">Who can at all.</param>
/// <param name="day">The day.</param>
internal sealed class FillersOnDay(CalendarAround around, Fillers fillers, int day)
{
    private const ResourceParts AllButHours = ResourceParts.Bookings | ResourceParts.Capacity;
    private const ResourceParts AllButBookings = ResourceParts.Hours | ResourceParts.Capacity;

    private const ResourceParts AllButCapacity = ResourceParts.Hours | ResourceParts.Bookings;

    private readonly TickSet?[][] free = Array.ConvertAll(fillers.Of, f => new TickSet?[f.Length]);
    private readonly (TickSet Hours, TickSet Bookings)?[][] parts = Array.ConvertAll(fillers.Of, f => new (TickSet, TickSet)?[f.Length]);

    /// <summary>What the other visits do that day.</summary>
    public OthersOnDay Others { get; } = new(around, day);

    /// <summary>The starts at which a filler is free, whatever rules and the patient say of them.</summary>
    public TickSet Free(int need, int filler)
    {
        if (free[need][filler] is { } known)
        {
            return known;
        }

        var (model, who) = (fillers.Needs[need], fillers.Of[need][filler].Resource);
        var starts = around.Availability.StartsOf(model, who)[day];
        if (Others.Use(who))
        {
            for (var (tick, all) = (starts.Next(0), starts); tick >= 0; tick = all.Next(tick + 1))
            {
                var minute = tick * TickSet.Minutes;
                starts &= Others.LeaveRoom(model, who, minute, besideBookings: true) && Others.KeepContact(model, who, minute) ? TickSet.All : ~TickSet.Range(tick, tick + 1);
            }
        }

        free[need][filler] = starts;
        return starts;
    }

    /// <summary>The starts at which somebody is free for each need whom neither rules nor the patient refuse.</summary>
    public TickSet Possible(TickSet starts)
    {
        for (var n = 0; n < fillers.Needs.Length && !starts.IsEmpty; n++)
        {
            var left = starts;
            for (var f = 0; f < fillers.Of[n].Length && !left.IsEmpty; f++)
            {
                left &= fillers.Of[n][f].Always == Hindrance.None ? ~Free(n, f) : TickSet.All;
            }

            starts &= ~left;
        }

        return starts;
    }

    /// <summary>What keeps a filler from a start.</summary>
    public Hindrance HindranceOf(int need, int filler, int tick)
    {
        var who = fillers.Of[need][filler];
        if (Free(need, filler).Contains(tick))
        {
            return who.Always;
        }

        var (model, minute) = (fillers.Needs[need], tick * TickSet.Minutes);
        if (around.Dates.StartsOf(model, who.Resource, AllButCapacity)[day].IsEmpty)
        {
            return who.Always | Hindrance.Unable;
        }

        var (hours, bookings) = parts[need][filler] ??= (around.Dates.StartsOf(model, who.Resource, AllButHours)[day], around.Dates.StartsOf(model, who.Resource, AllButBookings)[day]);
        var isBooked = !bookings.Contains(tick);
        return who.Always
            | (hours.Contains(tick) ? Hindrance.None : Hindrance.Hours)
            | (isBooked ? Hindrance.Bookings : Hindrance.None)
            | (Others.LeaveRoom(model, who.Resource, minute, besideBookings: !isBooked) ? Hindrance.None : Hindrance.OtherVisits)
            | (Others.KeepContact(model, who.Resource, minute) ? Hindrance.None : Hindrance.ContactHours);
    }

    /// <summary>What a filler costs at a start; without conditional visits, and with them.</summary>
    public (PackedCost Certain, PackedCost Whole) Price(int need, int filler, int tick)
    {
        var who = fillers.Of[need][filler];
        var moved = around.PriceOfMoving(fillers.Needs[need].Need, who.Id, day, tick * TickSet.Minutes);
        var (certain, all) = (who.Price[0] + moved, who.Price[1] + moved);
        if (!who.Makes)
        {
            return (certain, all);
        }

        var taken = TickSet.Empty;
        foreach (var use in around.Availability.Uses(fillers.Needs[need], who.Resource, tick * TickSet.Minutes))
        {
            taken |= use.Taken;
        }

        var whole = PackedCost.Fragments(Others.FragmentsMore(who.Resource, taken, certainOnly: false));
        return around.HasConditional
            ? (certain + PackedCost.Fragments(Others.FragmentsMore(who.Resource, taken, certainOnly: true)), all + whole)
            : (certain + whole, all + whole);
    }
}
