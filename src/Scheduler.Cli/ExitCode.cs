namespace Scheduler.Cli;

/// <summary>What a run of the command line ends with.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The input has mistakes.</summary>
    public const int Mistakes = 1;

    /// <summary>Wrong usage of the command line.</summary>
    public const int Usage = 2;

    /// <summary>No calendar exists.</summary>
    public const int Infeasible = 3;

    /// <summary>The step budget ended the search before its result was proved.</summary>
    public const int Unproved = 4;

    /// <summary>A checked calendar breaks rules.</summary>
    public const int Broken = 5;

    /// <summary>The output cannot be written.</summary>
    public const int Unwritten = 74;

    /// <summary>A defect of this program.</summary>
    public const int Defect = 70;
}
