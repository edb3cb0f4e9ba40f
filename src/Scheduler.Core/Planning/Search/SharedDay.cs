using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Search;

/// <summary>One visit of a shared day: which, and with which crew; or where it is fixed.</summary>
internal readonly record struct DayMember(int Visit, int Crew);

/// <summary>The places of visits on one day, with their price together.</summary>
/// <param name="Options">One option a member, in the order of the visits.</param>
/// <param name="Cost">Preference points and fragments of all of them.</param>
internal sealed record DayPlan(Option[] Options, PackedCost Cost)
{
    /// <summary>Preference points of all of them.</summary>
    public int Points => Options.Sum(o => o.Points);
}

/// <summary>
/// Places the visits of a course that share a day, together and exactly: the patient is in one place, order within the day is kept,
/// and what one visit takes the other cannot have. A day with one visit needs only that visit's best option.
/// </summary>
internal sealed class SharedDay(SearchProblem problem, DayOptions[] options, Option?[] fixedOptions)
{
    private readonly Dictionary<string, DayPlan?> known = new(StringComparer.Ordinal);

    /// <summary>Steps taken so far: options tried on shared days.</summary>
    public long Steps { get; private set; }

    /// <summary>The best plan of a day, or null where its visits do not fit.</summary>
    /// <param name="day">The day.</param>
    /// <param name="members">The visits, ascending.</param>
    public DayPlan? Plan(int day, ReadOnlySpan<DayMember> members)
    {
        if (members.Length == 1 && fixedOptions[members[0].Visit] is null)
        {
            return options[members[0].Visit].Best(members[0].Crew, day) is { } only ? new([only], only.Cost) : null;
        }

        var key = Key(day, members);
        if (!known.TryGetValue(key, out var plan))
        {
            known[key] = plan = Solve(day, members.ToArray());
        }

        return plan;
    }

    private static string Key(int day, ReadOnlySpan<DayMember> members)
    {
        var key = new char[1 + (members.Length * 2)];
        key[0] = (char)day;
        for (var i = 0; i < members.Length; i++)
        {
            key[1 + (i * 2)] = (char)members[i].Visit;
            key[2 + (i * 2)] = (char)(members[i].Crew + 1);
        }

        return new string(key);
    }

    private DayPlan? Solve(int day, DayMember[] members)
    {
        var choices = new Option[members.Length][];
        var fewestPoints = new int[members.Length + 1];
        for (var i = members.Length - 1; i >= 0; i--)
        {
            choices[i] = fixedOptions[members[i].Visit] is { } given ? [given] : options[members[i].Visit].All(members[i].Crew, day);
            if (choices[i].Length == 0)
            {
                return null;
            }

            fewestPoints[i] = fewestPoints[i + 1] + choices[i].Min(o => o.Points);
        }

        var chosen = new Option[members.Length];
        DayPlan? best = null;
        Choose(0, 0);
        return best;

        void Choose(int member, int points)
        {
            if (member == members.Length)
            {
                var cost = PackedCost.Preference(points) + PackedCost.Fragments(Fragments(day, members, chosen));
                if (best is null || cost < best.Cost || (cost == best.Cost && Earlier(chosen, best.Options)))
                {
                    best = new([.. chosen], cost);
                }

                return;
            }

            foreach (var option in choices[member])
            {
                // Options come by points, then by fragments alone on the day; beside other visits fragments may come out otherwise.
                if (best is not null && points + option.Points + fewestPoints[member + 1] > best.Points)
                {
                    break;
                }

                Steps++;
                if (Fits(day, members, chosen, member, option))
                {
                    chosen[member] = option;
                    Choose(member + 1, points + option.Points);
                }
            }
        }
    }

    private static bool Earlier(Option[] a, Option[] b)
    {
        for (var i = 0; i < a.Length; i++)
        {
            if (a[i].ComparePlace(b[i]) is var order and not 0)
            {
                return order < 0;
            }
        }

        return false;
    }

    /// <summary>Whether an option for one member goes together with the options chosen for the members before it.</summary>
    private bool Fits(int day, DayMember[] members, Option[] chosen, int member, Option option)
    {
        var visit = members[member].Visit;
        var isFixed = problem.Visits[visit].Fixed is not null;
        for (var i = 0; i < member; i++)
        {
            var other = members[i].Visit;
            if ((isFixed && problem.Visits[other].Fixed is not null) || problem.Exclusive.Contains((visit, other)))
            {
                continue;
            }

            if (!InTurn(visit, option, other, chosen[i]) || !StartsApart(visit, option, other, chosen[i]))
            {
                return false;
            }
        }

        return BearsResources(day, members, chosen, member, option);
    }

    private bool InTurn(int a, Option first, int b, Option second)
    {
        var (from, to) = (first.Minute, first.Minute + problem.Visits[a].Class.Duration);
        var (otherFrom, otherTo) = (second.Minute, second.Minute + problem.Visits[b].Class.Duration);
        var gap = AtClinic(a) is { } one && AtClinic(b) is { } two && one != two ? problem.Availability.TravelMinutes : 0;
        var firstIsBefore = TickSet.CeilingTick(to + gap) <= TickSet.FloorTick(otherFrom);
        var secondIsBefore = TickSet.CeilingTick(otherTo + gap) <= TickSet.FloorTick(from);
        return firstIsBefore ? !problem.Precedence.Contains((b, a)) : secondIsBefore && !problem.Precedence.Contains((a, b));
    }

    private bool? AtClinic(int visit) => problem.Visits[visit].Class.Type.Mode switch
    {
        Mode.InPerson => true,
        Mode.SelfReport => null,
        _ => false,
    };

    private bool StartsApart(int a, Option first, int b, Option second)
    {
        var (mine, others) = (problem.Visits[a].Class.Needs, problem.Visits[b].Class.Needs);
        for (var i = 0; i < mine.Length; i++)
        {
            for (var j = 0; j < others.Length; j++)
            {
                if (first.Resources[i] != second.Resources[j] || first.Resources[i] < 0 || problem.Availability.IsWaived(first.Resources[i]))
                {
                    continue;
                }

                var apart = Math.Max(mine[i].Need.StartsApartMinutes, others[j].Need.StartsApartMinutes);
                var distance = Math.Abs(first.Minute + mine[i].FirstUse - second.Minute - others[j].FirstUse);
                if (distance < apart)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool BearsResources(int day, DayMember[] members, Option[] chosen, int member, Option option)
    {
        var visit = members[member].Visit;
        var model = problem.Visits[visit];
        for (var n = 0; n < option.Resources.Length; n++)
        {
            var resource = option.Resources[n];
            if (resource < 0 || problem.Availability.IsWaived(resource))
            {
                continue;
            }

            var load = problem.Availability.LoadOf(resource, day);
            var (shared, allFixed) = (false, model.Fixed is not null);
            for (var i = 0; i < member; i++)
            {
                var other = members[i].Visit;
                var need = Array.IndexOf(chosen[i].Resources, resource);
                if (need >= 0 && !problem.Exclusive.Contains((visit, other)))
                {
                    load = load.With(problem.Availability.Uses(problem.Visits[other].Class.Needs[need], resource, chosen[i].Minute));
                    shared = true;
                    allFixed &= problem.Visits[other].Fixed is not null;
                }
            }

            var uses = problem.Availability.Uses(model.Class.Needs[n], resource, option.Minute);
            if (shared && !allFixed)
            {
                foreach (var use in uses)
                {
                    if (!load.Bears(use))
                    {
                        return false;
                    }
                }

                if (!problem.Availability.KeepsContactHours(resource, load.With(uses)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private int Fragments(int day, DayMember[] members, Option[] chosen)
    {
        var fragments = 0;
        for (var i = 0; i < members.Length; i++)
        {
            for (var n = 0; n < chosen[i].Resources.Length; n++)
            {
                var resource = chosen[i].Resources[n];
                if (resource < 0 || !problem.Availability.IsTreatmentResource(resource) || UsedBefore(chosen, i, resource))
                {
                    continue;
                }

                var taken = TickSet.Empty;
                for (var j = i; j < members.Length; j++)
                {
                    var need = Array.IndexOf(chosen[j].Resources, resource);
                    if (need >= 0)
                    {
                        foreach (var use in problem.Availability.Uses(problem.Visits[members[j].Visit].Class.Needs[need], resource, chosen[j].Minute))
                        {
                            taken |= use.Taken;
                        }
                    }
                }

                fragments += problem.Availability.FragmentsMore(resource, day, taken);
            }
        }

        return fragments;
    }

    private static bool UsedBefore(Option[] chosen, int before, int resource)
    {
        for (var i = 0; i < before; i++)
        {
            if (Array.IndexOf(chosen[i].Resources, resource) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
