-- Names of one letter and a sign become words of their own, as in addresses: "C++", "C#", ".NET", "A*"
-- ("cpp", "csharp", "dotnet", "a astar"). Only signs tell such names apart; longer names keep their
-- letters, and so do the first parts of "ASP.NET". `search.words` does the same with what is asked.
CREATE FUNCTION search_spelled(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN words ~* '[+#*♯＋＃]|\.net' THEN
        regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(words,
            '(?<![[:alnum:]])([a-z])[+＋]{2}(?![a-z+＋])', '\1pp ', 'gi'),
            '(?<![[:alnum:]])([a-z])[#♯＃](?![a-z#♯＃])', '\1sharp ', 'gi'),
            '(?<![[:alnum:]*])([a-z])\*(?![[:alnum:]*])', '\1 \1star ', 'gi'),
            '(?<![[:alnum:]_])\.net(?![[:alnum:]_])', ' dotnet ', 'gi'),
            '(?<=[[:alnum:]])\.NET(?![[:alnum:]_])', ' NET dotnet ', 'g')
    ELSE words END
$$;
