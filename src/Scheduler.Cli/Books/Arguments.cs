using System.CommandLine;

namespace Scheduler.Cli.Books;

/// <summary>What commands of the book name without an option.</summary>
internal static class Arguments
{
    /// <summary>An enrolment.</summary>
    public static Argument<string> Enrolment() => new("ENROLMENT") { Description = "The id of the enrolment, such as E-17." };

    /// <summary>A visit of a course.</summary>
    public static Argument<string> Visit() => new("VISIT") { Description = "The visit, such as 'infusion[2]'." };

    /// <summary>A proposal.</summary>
    public static Argument<string> Proposal() => new("PROPOSAL") { Description = "The id of the proposal, such as P-3." };

    /// <summary>A reason.</summary>
    public static Option<string?> Why() => new("--why") { Description = "The reason, in the clinic's words; it stands in the audit. No names.", HelpName = "TEXT" };
}
