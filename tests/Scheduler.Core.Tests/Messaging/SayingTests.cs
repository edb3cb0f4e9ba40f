using Scheduler.Core.Messaging;

namespace Scheduler.Core.Tests.Messaging;

public sealed class SayingTests
{
    private static readonly Saying Several = new([new("es", "Venga."), new("en", "Come."), new("pt-BR", "Venha.")]);

    [Theory]
    [InlineData("es", "Venga.")]
    [InlineData("es-MX", "Venga.")]
    [InlineData("pt", "Venha.")]
    [InlineData("pt-PT", "Venha.")]
    [InlineData("de", "Come.")]
    [InlineData("", "Come.")]
    public void A_reader_gets_the_text_in_the_nearest_language(string language, string expected) => Assert.Equal(expected, Several.In(language));

    [Fact]
    public void A_reader_gets_another_region_only_where_the_own_one_is_missing() =>
        Assert.Equal("Venha já.", new Saying([new("pt-BR", "Venha."), new("pt-PT", "Venha já.")]).In("pt-PT"));

    [Fact]
    public void A_text_without_a_language_is_for_everybody() => Assert.Equal("Come.", Saying.Of("Come.").In("de"));

    [Fact]
    public void Where_neither_the_language_nor_English_is_there_the_first_text_is_better_than_none() =>
        Assert.Equal("Venga.", new Saying([new("es", "Venga."), new("fr", "Venez.")]).In("de"));
}
