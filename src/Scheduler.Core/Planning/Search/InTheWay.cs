namespace Scheduler.Core.Planning.Search;

/// <summary>
/// Notes, for a day on which visits of a class cannot take place, what sees to that: that clinic and patient leave no start, or that nobody can fill some need, and all
/// that limits these. Where the day was shut with other limits as well, it is asked more closely: a few limits that are enough by themselves, so that it need not be looked at again
/// where others are left out. They are not always the fewest.
/// </summary>
/// <param name="visits">The class.</param>
/// <param name="availability">When clinic, patient and resources can; what is left out there is not in the way.</param>
/// <param name="known">Is told.</param>
/// <param name="present">When clinic and patient can.</param>
/// <param name="starts">When a need can be filled by a resource on a day, in this order, by their indices.</param>
internal sealed class InTheWay(VisitClass visits, Availability availability, KnownDays known, Presence present, Func<int, int, int, TickSet> starts)
{
    /// <summary>Of more candidates it takes longer to ask what each lacks than it saves.</summary>
    private const int MostToAsk = 64;

    /// <summary>So many candidates are asked for one piece of work.</summary>
    private const int CandidatesOfAPiece = 16;

    /// <summary>Pieces of work to look closer, and for each candidate besides.</summary>
    private const int WorkOfLimits = 8;
    private const int WorkOfEach = 4;

    /// <summary>What is left out first, where the rest is enough.</summary>
    private static readonly ResourceParts[] Each = [ResourceParts.Capacity, ResourceParts.Hours, ResourceParts.Bookings];

    private static readonly (bool Opening, bool Patient)[] Presences = [(false, false), (true, false), (false, true), (true, true)];

    private readonly Presence?[] presences = new Presence?[Presences.Length];

    /// <summary>Notes a day on which clinic and patient leave no start.</summary>
    public void NotePresence(int day)
    {
        if (!DaySet.Contains(known.Of(Decisions.AnyCrew).Suspect, day))
        {
            known.CannotBe(Decisions.AnyCrew, day, KnownDays.ByPresence);
            return;
        }

        var (found, presence) = (Nothing(), 0);
        while (!StartsOf(presence, day).IsEmpty)
        {
            presence++;
        }

        AddPresence(found, presence);
        known.CannotBe(Decisions.AnyCrew, day, found);
    }

    /// <summary>Notes, once, a day on which a need cannot be filled at the starts that are left.</summary>
    /// <param name="crew">The crew, or <see cref="Decisions.AnyCrew"/>.</param>
    /// <param name="need">The need.</param>
    /// <param name="day">The day.</param>
    /// <param name="budget">Is charged for the work.</param>
    public void Note(int crew, int need, int day, StepBudget budget)
    {
        var of = known.Of(crew);
        if (DaySet.Contains(of.Shut, day))
        {
            return;
        }

        ReadOnlySpan<int> whom = visits.Tied[need] && crew != Decisions.AnyCrew ? [visits.Crews[crew].Resources[need]] : visits.Needs[need].Candidates;
        var isSuspect = DaySet.Contains(of.Suspect, day);
        budget.Charge(isSuspect ? WorkOfLimits + (WorkOfEach * whom.Length) : whom.Length / CandidatesOfAPiece);
        if (isSuspect && Limits(need, whom, day) is { } limits)
        {
            known.CannotBe(crew, day, limits);
        }
        else
        {
            known.CannotBe(crew, day, By(need, whom, day));
        }
    }

    /// <summary>A few limits that keep all of some from filling a need at the starts of clinic and patient; null where other needs have part in it.</summary>
    private ulong[]? Limits(int need, ReadOnlySpan<int> whom, int day)
    {
        for (var presence = 0; presence < Presences.Length; presence++)
        {
            var left = StartsOf(presence, day);
            if (!CanAny(need, whom, day, left))
            {
                var found = Nothing();
                AddPresence(found, presence);
                AddEach(found, need, whom, day, left);
                return found;
            }
        }

        return null;
    }

    /// <summary>That need alone, or with clinic and patient, or with the needs that are looked at before it: those that crews fill come last.</summary>
    private ulong By(int need, ReadOnlySpan<int> whom, int day)
    {
        var by = KnownDays.ByNeed(need);
        if (!CanAny(need, whom, day, visits.Starts))
        {
            return by;
        }

        by |= KnownDays.ByPresence;
        if (!CanAny(need, whom, day, present.On(day)))
        {
            return by;
        }

        for (var other = 0; other < visits.Needs.Length; other++)
        {
            var isBefore = visits.Tied[other] == visits.Tied[need] ? other < need : visits.Tied[need];
            by |= isBefore ? KnownDays.ByNeed(other) : 0;
        }

        return by;
    }

    private ulong[] Nothing() => new ulong[DaySet.Words(TimeLimits.Count(availability.Resources.Count))];

    private TickSet StartsOf(int presence, int day)
    {
        var (opening, patient) = Presences[presence];
        return (presences[presence] ??= new(visits, availability, opening && availability.CountsOpeningHours, patient && availability.CountsPatientHours)).On(day);
    }

    private void AddPresence(ulong[] found, int presence)
    {
        var counts = Presences[presence];
        if (counts.Opening && availability.CountsOpeningHours)
        {
            DaySet.Add(found, TimeLimits.OpeningHours);
        }

        if (counts.Patient && availability.CountsPatientHours)
        {
            DaySet.Add(found, TimeLimits.PatientHours);
        }
    }

    private bool CanAny(int need, ReadOnlySpan<int> whom, int day, TickSet left)
    {
        foreach (var resource in whom)
        {
            if (starts(need, resource, day).Overlaps(left))
            {
                return true;
            }
        }

        return false;
    }

    private void AddEach(ulong[] found, int need, ReadOnlySpan<int> whom, int day, TickSet left)
    {
        var (before, parts) = (-1, ResourceParts.None);
        foreach (var resource in whom)
        {
            if (before < 0 || !availability.AreLike(before, resource))
            {
                parts = whom.Length > MostToAsk ? availability.PartsOf(resource) : Enough(need, resource, day, left);
            }

            before = resource;
            foreach (var part in Each)
            {
                if (parts.HasFlag(part))
                {
                    DaySet.Add(found, TimeLimits.Of(resource, part));
                }
            }
        }
    }

    /// <summary>Parts of what keeps visits from a resource that are enough to keep them from some starts.</summary>
    private ResourceParts Enough(int need, int resource, int day, TickSet left)
    {
        var parts = availability.PartsOf(resource);
        foreach (var part in Each)
        {
            if (parts.HasFlag(part) && !availability.StartsOf(visits.Needs[need], resource, ResourceParts.All & ~(parts & ~part))[day].Overlaps(left))
            {
                parts &= ~part;
            }
        }

        return parts;
    }
}
