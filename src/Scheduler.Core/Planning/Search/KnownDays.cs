namespace Scheduler.Core.Planning.Search;

/// <summary>
/// What is known of the days of a class before anybody looks at them: on which visits can take place with a crew, the rest of the course apart, and on which they cannot.
/// It is told what else is found. Crews go by their index, or are <see cref="Decisions.AnyCrew"/>, what holds for all of them.
/// </summary>
/// <param name="days">How many days there are.</param>
/// <param name="crews">How many crews the class has.</param>
internal abstract class KnownDays(int days, int crews)
{
    /// <summary>The hours of clinic and patient, as one of what may be in the way.</summary>
    public const ulong ByPresence = 1;

    private readonly OfCrew?[] of = new OfCrew?[crews + 1];

    /// <summary>A need as one of what may be in the way; the last stands for all from the 63rd on.</summary>
    public static ulong ByNeed(int need) => 1UL << Math.Min(need + 1, 63);

    /// <summary>The days of a crew.</summary>
    public OfCrew Of(int crew) => of[crew + 1] ?? Begin(crew);

    /// <summary>Whether anybody asked about a crew.</summary>
    public bool IsAsked(int crew) => of[crew + 1] is not null;

    /// <summary>Notes that visits cannot take place on a day with a crew.</summary>
    /// <param name="crew">The crew.</param>
    /// <param name="day">The day.</param>
    /// <param name="by">What sees to that, with all that limits it.</param>
    public void CannotBe(int crew, int day, ulong by)
    {
        DaySet.Add(Of(crew).Shut, day);
        DaySet.Add(ShutBy(crew, by), day);
    }

    /// <summary>The same where it is known which limits see to that.</summary>
    /// <param name="crew">The crew.</param>
    /// <param name="day">The day.</param>
    /// <param name="limits">These, as <see cref="TimeLimits"/>.</param>
    public void CannotBe(int crew, int day, ulong[] limits)
    {
        DaySet.Add(Of(crew).Shut, day);
        DaySet.Add(ShutBy(crew, limits), day);
    }

    /// <summary>Adds what is known of the days of a crew before anybody looks.</summary>
    protected abstract void Add(int crew, OfCrew to);

    /// <summary>Where others look for the days that something shuts to a crew.</summary>
    protected abstract ulong[] ShutBy(int crew, ulong by);

    /// <summary>Where others look for the days that some limits shut to a crew.</summary>
    protected abstract ulong[] ShutBy(int crew, ulong[] limits);

    private OfCrew Begin(int crew)
    {
        var words = DaySet.Words(days);
        Add(crew, of[crew + 1] = new(new ulong[words], new ulong[words], new ulong[words]));
        return of[crew + 1]!;
    }

    /// <summary>The days of a crew.</summary>
    /// <param name="Possible">Those on which visits can take place.</param>
    /// <param name="Shut">Those on which they cannot.</param>
    /// <param name="Suspect">Those on which they could not when others asked, with other limits: they will be asked for again, so that it is worth to know which limits shut them.</param>
    internal sealed record OfCrew(ulong[] Possible, ulong[] Shut, ulong[] Suspect);
}
