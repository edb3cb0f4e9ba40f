namespace Scheduler.Core.Planning.Search;

/// <summary>Where a search begins: with all days that the problem leaves, narrowed as far as that goes before anything is decided.</summary>
internal sealed class SearchRoot
{
    /// <summary>Prepares a search.</summary>
    /// <param name="problem">The course.</param>
    /// <param name="steps">Steps to take at most.</param>
    /// <param name="optionsOf">Gives the options of a class where several searches share them.</param>
    public SearchRoot(SearchProblem problem, long steps, OptionsOf? optionsOf = null)
    {
        (Problem, Budget) = (problem, new(steps));
        Options = new DayOptions[problem.Visits.Length];
        FixedOptions = Array.ConvertAll(problem.Visits, v => v.FixedOption);
        SharedDays = new(problem, Options, FixedOptions, Budget);
        Decisions = new(problem);
        Narrowing = new(problem, Decisions, Budget);
        Possible = new(problem, Options, FixedOptions, Budget, optionsOf ?? new KnownOptions(problem.Availability).Of);
        Days = Domains.Of(problem);
    }

    /// <summary>The course.</summary>
    public SearchProblem Problem { get; }

    /// <summary>The steps.</summary>
    public StepBudget Budget { get; }

    /// <summary>The options of each visit, once the days are narrowed.</summary>
    public DayOptions[] Options { get; }

    /// <summary>The places of fixed visits.</summary>
    public Option?[] FixedOptions { get; }

    /// <summary>Plans visits that share a day.</summary>
    public SharedDay SharedDays { get; }

    /// <summary>What is decided: nothing yet.</summary>
    public Decisions Decisions { get; }

    /// <summary>Narrows days.</summary>
    public Narrowing Narrowing { get; }

    /// <summary>Says which days are possible.</summary>
    public PossibleDays Possible { get; }

    /// <summary>The days that are left.</summary>
    public Domains Days { get; }

    /// <summary>Narrows the days by what ties visits, and takes those that are known to be shut. False when a visit that is needed has none left.</summary>
    public bool Narrow()
    {
        if (!Narrowing.NarrowAll(Days))
        {
            return false;
        }

        Possible.Begin(Days);
        return !Possible.TakeShut(Days) || Narrowing.NarrowAll(Days);
    }

    /// <summary>Leaves, after that, only days on which each visit can take place. False when one that is needed has none left.</summary>
    /// <param name="doubtful">The visit to begin with, since it seems to have none; below 0 where none does.</param>
    public bool KeepPossible(int doubtful = -1) => Possible.Keep(Days, Narrowing, doubtful);
}
