using Scheduler.Core.Messaging;

namespace Scheduler.Core.Tests.Messaging;

public sealed class TemplateTests
{
    [Theory]
    [InlineData("Hello {name},", "Hello Ann,")]
    [InlineData("{name}: {name} {when}", "Ann: Ann at noon")]
    [InlineData("Hello,", "Hello,")]
    [InlineData("{when}", "at noon")]
    public void Fields_are_filled_in(string text, string expected) => Assert.Equal(expected, new Template(text).Fill(("name", "Ann"), ("when", "at noon")));

    [Fact]
    public void A_brace_in_a_value_opens_no_field() => Assert.Equal("Hello {when}, at noon", new Template("Hello {name}, {when}").Fill(("name", "{when}"), ("when", "at noon")));

    [Fact]
    public void A_field_without_a_value_is_the_mistake_of_whoever_fills_it_in() =>
        Assert.Throws<ArgumentException>(() => new Template("Hello {name},").Fill(("when", "at noon")));
}
