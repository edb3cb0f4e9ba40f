using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Planning.Explanation.Places;

/// <summary>What the other visits of the course do with resources on one day.</summary>
internal sealed class OthersOnDay
{
    private readonly CalendarAround around;
    private readonly int day;
    private readonly List<OtherUse> uses = [];

    /// <summary>Collects their uses, those that exclude the visit too: what they leave free counts for its price.</summary>
    public OthersOnDay(CalendarAround around, int day)
    {
        (this.around, this.day) = (around, day);
        for (var v = 0; v < around.Count; v++)
        {
            if (around.Other(v) is not { } placed || around.OtherDay(v) != day)
            {
                continue;
            }

            foreach (var need in placed.Uses.GroupBy(u => (u.Need, u.Resource)))
            {
                if (IndexOf(need.Key.Resource) is >= 0 and var resource)
                {
                    uses.Add(UseOf(v, resource, need.Key.Need, [.. need]));
                }
            }
        }
    }

    /// <summary>Whether any of them uses a resource.</summary>
    public bool Use(int resource) => uses.Exists(u => u.Resource == resource);

    /// <summary>Whether a need of the visit can start with a resource beside them; where it is asked for, beside what is booked as well.</summary>
    public bool LeaveRoom(NeedModel need, int resource, int minute, bool besideBookings)
    {
        var met = Met(resource);
        return met.Count == 0
            || (met.TrueForAll(u => Math.Abs(minute + need.FirstUse - u.First) >= Math.Max(need.Need.StartsApartMinutes, u.StartsApart))
                && IsBorne(met, BookedOr(resource, besideBookings), (load, own) => Array.TrueForAll(own, u => load.Bears(u)), around.Availability.Uses(need, resource, minute)));
    }

    /// <summary>Whether a resource is not in use for too long with a need of the visit, what is booked included.</summary>
    public bool KeepContact(NeedModel need, int resource, int minute)
    {
        var own = around.Availability.Uses(need, resource, minute);
        return around.Availability.Resources[resource].MaxContactMinutes is not { } most
            || Array.TrueForAll(own, u => u.Use == Core.Use.Supervision)
            || IsBorne(Met(resource), BookedOr(resource, booked: true), (load, uses) => load.With(uses).Contact.Size * TickSet.Minutes <= most, own);
    }

    /// <summary>The fragments that a use of the visit makes more on a resource's day.</summary>
    public int FragmentsMore(int resource, TickSet own, bool certainOnly)
    {
        if (certainOnly && around.IsConditional(around.Index))
        {
            return 0;
        }

        return Use(resource)
            ? Fragments(resource, own, certainOnly) - Fragments(resource, TickSet.Empty, certainOnly)
            : around.Availability.FragmentsMore(resource, day, own);
    }

    /// <summary>Of visits that exclude each other only one comes about: conditional ones count one by one beside those before them.</summary>
    private int Fragments(int resource, TickSet own, bool certainOnly)
    {
        var certain = TakenBy(resource, v => !around.IsConditional(v), own);
        var fragments = around.Availability.FragmentsMore(resource, day, certain);
        for (var v = 0; v < around.Count && !certainOnly; v++)
        {
            if (around.IsConditional(v) && (v == around.Index ? own : TakenBy(resource, u => u == v, TickSet.Empty)) is { IsEmpty: false } more)
            {
                var at = v;
                var before = certain | TakenBy(resource, u => u < at && around.IsConditional(u) && !around.Visits.Exclusive.Contains((u, at)), own);
                fragments += around.Availability.FragmentsMore(resource, day, before | more) - around.Availability.FragmentsMore(resource, day, before);
            }
        }

        return fragments;
    }

    private TickSet TakenBy(int resource, Predicate<int> by, TickSet own)
    {
        var taken = by(around.Index) ? own : TickSet.Empty;
        foreach (var use in uses)
        {
            if (use.Resource == resource && by(use.Visit))
            {
                foreach (var part in use.Parts)
                {
                    taken |= part.Taken;
                }
            }
        }

        return taken;
    }

    private List<OtherUse> Met(int resource) => uses.Count == 0 ? uses : uses.FindAll(u => u.Resource == resource && !around.Visits.Exclusive.Contains((around.Index, u.Visit)));

    private Load BookedOr(int resource, bool booked) => booked
        ? around.Availability.LoadOf(resource, day)
        : Load.Of(around.Availability.Resources[resource].Capacity, around.Availability.Resources[resource].Supervises);

    /// <summary>Whether a resource bears uses beside those of others; of two that exclude each other, only one will be needed.</summary>
    private bool IsBorne(List<OtherUse> others, Load load, Func<Load, TickUse[], bool> bears, TickUse[] own)
    {
        foreach (var use in others)
        {
            if (others.Find(o => around.Visits.Exclusive.Contains((use.Visit, o.Visit))) is { } clash)
            {
                return IsBorne(others.FindAll(o => o.Visit != use.Visit), load, bears, own) && IsBorne(others.FindAll(o => o.Visit != clash.Visit), load, bears, own);
            }
        }

        return bears(others.Aggregate(load, (sum, use) => sum.With(use.Parts)), own);
    }

    private OtherUse UseOf(int visit, int resource, string needId, List<ResourceUse> parts)
    {
        var who = around.Availability.Resources[resource];
        var need = around.Request.Protocol.TypeOf(around.Visits.Ids[visit]).Needs.FirstOrDefault(n => n.Id == needId);
        var ticks = parts.ConvertAll(p =>
        {
            var from = CalendarAround.MinuteOf(p.Start.TimeOfDay);
            var to = from + (int)NodaTime.Period.Between(p.Start, p.End, NodaTime.PeriodUnits.Minutes).Minutes;
            var during = TickSet.Touched(from, to);
            var cleanUp = Math.Max(need?.CleanUpMinutes ?? 0, who.CleanUpMinutes);
            return new TickUse(p.Use, during, p.Use == Core.Use.Supervision ? TickSet.Empty : TickSet.Touched(to, to + cleanUp) & ~during, to - from > who.HandsOnMinutes);
        });
        return new(visit, resource, parts.Min(p => CalendarAround.MinuteOf(p.Start.TimeOfDay)), need?.StartsApartMinutes ?? 0, [.. ticks]);
    }

    private int IndexOf(string id)
    {
        for (var i = 0; i < around.Availability.Resources.Count; i++)
        {
            if (around.Availability.Resources[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }

    private sealed record OtherUse(int Visit, int Resource, int First, int StartsApart, TickUse[] Parts);
}
