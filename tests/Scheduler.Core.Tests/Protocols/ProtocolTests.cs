namespace Scheduler.Core.Tests.Protocols;

public sealed class ProtocolTests
{
    [Fact]
    public void A_copy_with_other_visit_types_has_their_visits_and_not_the_old_ones()
    {
        var whole = Repository.Protocol("feder-2025-ketamine-wet.yaml");

        var part = whole with { VisitTypes = [whole.VisitTypes.Single(t => t.Id == "wet")] };

        Assert.Equal(["wet[1]", "wet[2]", "wet[3]", "wet[4]", "wet[5]"], part.Visits.Select(v => v.ToString()));
        Assert.Equal(14, whole.Visits.Length);
    }

    [Fact]
    public void A_copy_of_a_visit_type_with_other_lengths_has_as_many_visits()
    {
        var type = Repository.Protocol("feder-2025-ketamine-wet.yaml").VisitTypes.Single(t => t.Id == "wet");

        Assert.Equal(["wet[1]", "wet[2]"], (type with { Durations = [60, 40] }).Visits.Select(v => v.ToString()));
    }
}
