//! Urbi's own terms: `ontology/urbi.ttl` defines them.
//!
//! Where a class and a relation differ by their first letter only (`urbi:Passage`, `urbi:passage`), the plain name is
//! the relation's, and the class's ends in `_CLASS`.

terms! { "https://w3id.org/urbi/ontology#";
    // Classes.
    /// `urbi:Announcement`: the document that announces.
    ANNOUNCEMENT = "Announcement",
    /// `urbi:Event`: anything with a time and a place.
    EVENT = "Event",
    /// `urbi:Conference`: one edition of a conference; a subclass of `urbi:Event`.
    CONFERENCE = "Conference",
    /// `urbi:ConferenceSeries`: what the editions have in common.
    CONFERENCE_SERIES = "ConferenceSeries",
    /// `urbi:Publication`.
    PUBLICATION = "Publication",
    /// `urbi:OutcomeDocument`: what a conference adopts.
    OUTCOME_DOCUMENT = "OutcomeDocument",
    /// `urbi:City`.
    CITY = "City",
    /// `urbi:Country`.
    COUNTRY = "Country",
    /// `urbi:Organization`.
    ORGANIZATION = "Organization",
    /// `urbi:Network`: an organization whose members are cities or organizations.
    NETWORK = "Network",
    /// `urbi:Award`.
    AWARD = "Award",
    /// `urbi:Theme`.
    THEME = "Theme",
    /// `urbi:Venue`.
    VENUE = "Venue",
    /// `urbi:Person`.
    PERSON = "Person",

    // Relations between things.
    /// `urbi:heldIn`: Event to City.
    HELD_IN = "heldIn",
    /// `urbi:heldAt`: Event to Venue.
    HELD_AT = "heldAt",
    /// `urbi:inCountry`: City to Country.
    IN_COUNTRY = "inCountry",
    /// `urbi:partOfSeries`: Conference to ConferenceSeries.
    PART_OF_SERIES = "partOfSeries",
    /// `urbi:hasTheme`: Event or Publication to Theme.
    HAS_THEME = "hasTheme",
    /// `urbi:organizedBy`: Event to Organization.
    ORGANIZED_BY = "organizedBy",
    /// `urbi:hostedBy`: Event to City or Organization.
    HOSTED_BY = "hostedBy",
    /// `urbi:subEventOf`: Event to Event.
    SUB_EVENT_OF = "subEventOf",
    /// `urbi:follows`: Conference to the edition before it.
    FOLLOWS = "follows",
    /// `urbi:launchedAt`: Publication to Event.
    LAUNCHED_AT = "launchedAt",
    /// `urbi:publishedBy`: Publication to Organization.
    PUBLISHED_BY = "publishedBy",
    /// `urbi:preparedFor`: Publication to Event.
    PREPARED_FOR = "preparedFor",
    /// `urbi:features`: Publication to City or Country.
    FEATURES = "features",
    /// `urbi:adopted`: Conference to OutcomeDocument.
    ADOPTED = "adopted",
    /// `urbi:memberOf`: City or Organization to Network.
    MEMBER_OF = "memberOf",
    /// `urbi:receivedAward`: City, Organization or Person to Award.
    RECEIVED_AWARD = "receivedAward",
    /// `urbi:speaker`: Event to Person.
    SPEAKER = "speaker",
    /// `urbi:homepage`: Event or Publication to a web address, which is an IRI.
    HOMEPAGE = "homepage",

    // Relations to dates and numbers.
    /// `urbi:startDate`: Event to date.
    START_DATE = "startDate",
    /// `urbi:endDate`: Event to date.
    END_DATE = "endDate",
    /// `urbi:ordinal`: Conference to integer, from 1.
    ORDINAL = "ordinal",
    /// `urbi:launchedOn`: Publication to date.
    LAUNCHED_ON = "launchedOn",
    /// `urbi:submissionDeadline`: Event to date.
    SUBMISSION_DEADLINE = "submissionDeadline",
    /// `urbi:notificationDate`: Event to date.
    NOTIFICATION_DATE = "notificationDate",
    /// `urbi:cameraReadyDate`: Event to date.
    CAMERA_READY_DATE = "cameraReadyDate",
    /// `urbi:attendance`: Event to integer, a number of people.
    ATTENDANCE = "attendance",
    /// `urbi:announcedOn`: Announcement to date.
    ANNOUNCED_ON = "announcedOn",

    // What the view adds.
    /// `urbi:earliestStart`: the first day (`xsd:date`) that an event can start on, given what is known.
    EARLIEST_START = "earliestStart",
    /// `urbi:latestEnd`: the last day (`xsd:date`) that an event can end on, given what is known.
    LATEST_END = "latestEnd",
    /// `urbi:alias`: entity to another key of it, which evidence uses and which still resolves.
    ALIAS = "alias",

    // Evidence.
    /// `urbi:Evidence`: one firing of a rule; the name of the graph that holds what it asserts.
    EVIDENCE = "Evidence",
    /// `urbi:Passage`: a stretch of a document's text.
    PASSAGE_CLASS = "Passage",
    /// `urbi:Rule`: one version of a rule.
    RULE_CLASS = "Rule",
    /// `urbi:LexiconEntry`: what a dataset says of one name.
    LEXICON_ENTRY = "LexiconEntry",
    /// `urbi:Dataset`: what the lexicon was made from.
    DATASET = "Dataset",
    /// `urbi:Decision`: what a curator decided.
    DECISION = "Decision",
    /// `urbi:passage`: Evidence to the Passage that made the rule fire.
    PASSAGE = "passage",
    /// `urbi:restsOn`: Evidence to a further Passage that it needs.
    RESTS_ON = "restsOn",
    /// `urbi:rule`: Evidence to Rule.
    RULE = "rule",
    /// `urbi:confidence`: Evidence to integer, in thousandths (0 to 1000).
    CONFIDENCE = "confidence",
    /// `urbi:cites`: Evidence to a LexiconEntry that it rests on.
    CITES = "cites",
    /// `urbi:quote`: Passage to its text.
    QUOTE = "quote",
    /// `urbi:bytes`: Passage to the byte ranges of the original, such as `120-245` or `120-180,190-245` (from 0, end
    /// exclusive).
    BYTES = "bytes",
    /// `urbi:inDocument`: Passage to Announcement.
    IN_DOCUMENT = "inDocument",
    /// `urbi:length`: Announcement to integer, its size in bytes.
    LENGTH = "length",
    /// `urbi:sameEntity`: between two keys of one entity.
    SAME_ENTITY = "sameEntity",

    // Decisions of curators.
    /// `urbi:action`: Decision to what is done: `accept`, `reject`, `correct`, `merge`, `split`, `rename` or `undo`.
    ACTION = "action",
    /// `urbi:decidedBy`: Decision to the name of who decided.
    DECIDED_BY = "decidedBy",
    /// `urbi:decidedAt`: Decision to `xsd:dateTime`.
    DECIDED_AT = "decidedAt",
    /// `urbi:reason`: Decision to why, in words.
    REASON = "reason",
    /// `urbi:onSubject`: Decision to the key of the entity that the fact, or the new label, is about.
    ON_SUBJECT = "onSubject",
    /// `urbi:onPredicate`: Decision to the property of the fact.
    ON_PREDICATE = "onPredicate",
    /// `urbi:onObject`: Decision to the value of the fact.
    ON_OBJECT = "onObject",
    /// `urbi:newValue`: Decision to the value that takes the place of the fact's.
    NEW_VALUE = "newValue",
    /// `urbi:newClass`: Decision to the class of a new value that no evidence speaks of.
    NEW_CLASS = "newClass",
    /// `urbi:newLabel`: Decision to a label: of the entity, or of a new value that no evidence speaks of.
    NEW_LABEL = "newLabel",
    /// `urbi:joins`: Decision to a key; all that it joins are one entity.
    JOINS = "joins",
    /// `urbi:separates`: Decision to a key that is not the same entity as any that it is separated from.
    SEPARATES = "separates",
    /// `urbi:separatesFrom`: Decision to a key of the other side.
    SEPARATES_FROM = "separatesFrom",
    /// `urbi:undoes`: Decision to the earlier Decision that holds no more.
    UNDOES = "undoes",

    // Explanations.
    /// `urbi:means`: Passage to the key of the entity that its words mean.
    MEANS = "means",
    /// `urbi:because`: Passage to why its words mean that.
    BECAUSE = "because",

    // Graphs.
    /// `urbi:provenance`: the graph that says where evidence comes from.
    PROVENANCE_GRAPH = "provenance",
    /// `urbi:curation`: the graph of curators' decisions.
    CURATION_GRAPH = "curation",

    // What the ontology says about its own terms.
    /// `urbi:keyedBy`: class to the list of its members' keys, strongest first.
    KEYED_BY = "keyedBy",
    /// `urbi:functionalWithin`: a relation has one value for each value of the other relation.
    FUNCTIONAL_WITHIN = "functionalWithin",
    /// `urbi:replaceable`: true for a relation whose later values often take the place of earlier ones.
    REPLACEABLE = "replaceable",
    /// `urbi:inverseLabel`: how a relation reads from its object.
    INVERSE_LABEL = "inverseLabel",
    /// `urbi:internal`: true for a term that no rule can state.
    INTERNAL = "internal",
}
