namespace Scheduler.App.Storage.Tables;

/// <summary>Calendars that are not booked yet.</summary>
internal static class ProposalTable
{
    /// <summary>Keeps a proposal; its key.</summary>
    public static async Task<long> SaveProposal(this BookTransaction book, string clinic, string by, long at, IEnumerable<ProposalPart> parts)
    {
        var key = await book.Row<long>("insert into proposal (clinic, made_by, made_at) values (@clinic, @by, @at) returning key", new { clinic, by, at });
        foreach (var part in parts)
        {
            await book.Do(
                "insert into proposal_part (proposal, enrolment, version, asked, calendar) values (@key, @Enrolment, @Version, @Asked, @Calendar)",
                new { key, part.Enrolment, part.Version, part.Asked, part.Calendar });
        }

        return key;
    }

    /// <summary>The parts of a proposal of a clinic, by enrolment; none where there is no such proposal.</summary>
    public static Task<List<ProposalPart>> Proposal(this BookTransaction book, string clinic, long key) => book.Rows<ProposalPart>(
        "select q.enrolment, q.version, q.asked, q.calendar from proposal_part q join proposal p on p.key = q.proposal where p.key = @key and p.clinic = @clinic order by q.enrolment", new { clinic, key });

    /// <summary>Says until when the places of a proposal are reserved.</summary>
    public static Task ReserveUntil(this BookTransaction book, long proposal, long until) => book.Do("update proposal set reserved_until = @until where key = @proposal", new { proposal, until });

    /// <summary>Until when the places of a proposal are reserved, in seconds since 1970; null where they are not.</summary>
    public static Task<long?> ReservedUntil(this BookTransaction book, long proposal) => book.Row<long?>("select reserved_until from proposal where key = @proposal", new { proposal });

    /// <summary>The rows of what is reserved for a proposal.</summary>
    public static Task<List<long>> ReservedFor(this BookTransaction book, long proposal) => book.Rows<long>("select key from booking where proposal = @proposal", new { proposal });

    /// <summary>Takes out what is reserved for an enrolment; its proposals stay.</summary>
    public static async Task RemoveReservations(this BookTransaction book, long enrolment)
    {
        await book.Do("delete from booking where enrolment = @enrolment and proposal is not null", new { enrolment });
        await book.Do("update proposal set reserved_until = null where key in (select proposal from proposal_part where enrolment = @enrolment)", new { enrolment });
    }

    /// <summary>Takes out the proposals for an enrolment that were made before something happened in it: nobody can accept them any more.</summary>
    public static Task RemoveOutdated(this BookTransaction book, long enrolment, long version) =>
        book.Do("delete from proposal where key in (select proposal from proposal_part where enrolment = @enrolment and version < @version)", new { enrolment, version });

    /// <summary>Takes out all proposals for some enrolments, with what was reserved for them.</summary>
    public static Task RemoveProposals(this BookTransaction book, IEnumerable<long> enrolments) => book.Do(
        $"delete from proposal where key in (select proposal from proposal_part where enrolment in {BookTransaction.List(enrolments)})");
}

/// <summary>What a proposal means for one course.</summary>
/// <param name="Enrolment">The row of the course.</param>
/// <param name="Version">The version for which it was made.</param>
/// <param name="Asked">What was asked, as JSON.</param>
/// <param name="Calendar">The calendar, as JSON.</param>
internal sealed record ProposalPart(long Enrolment, long Version, string Asked, string Calendar);
